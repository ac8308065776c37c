namespace MapiGate.Fleet;

/// <summary>The servers say that there is no such bucket: it was never made, or was deleted.</summary>
internal sealed class BucketMissingException(string message) : IOException(message);
