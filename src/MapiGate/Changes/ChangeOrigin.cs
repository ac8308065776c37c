namespace MapiGate;

/// <summary>Who asked for a change.</summary>
internal enum ChangeOrigin
{
    /// <summary>The configuration that the gate follows.</summary>
    Configuration,

    /// <summary>The host, by hand.</summary>
    Host,

    /// <summary>A rule's own moment.</summary>
    Moment,
}
