namespace MapiGate.Fleet;

/// <summary>Nobody keeps a bucket: it was never made, was deleted, or too few of its servers are up.</summary>
internal sealed class BucketMissingException(string message, Exception inner) : IOException(message, inner);
