namespace MapiGate;

/// <summary>A client that is turned away again and again.</summary>
public sealed record RefusedClient
{
    internal RefusedClient()
    {
    }

    /// <summary>The program's executable name, cut and cleaned; empty when it gave none.</summary>
    public string Process { get; internal init; } = string.Empty;

    /// <summary>Its version; <see langword="null"/> when it gave none.</summary>
    public Version? Version { get; internal init; }

    /// <summary>The authenticated account or, where the host knows none, the mailbox it asked for, cut and cleaned; empty when neither is known.</summary>
    public string User { get; internal init; } = string.Empty;

    /// <summary>The rule that refused it last.</summary>
    public string Rule { get; internal init; } = string.Empty;

    /// <summary>How often it was refused.</summary>
    public long Count { get; internal init; }

    /// <summary>When it was refused first, in UTC.</summary>
    public DateTimeOffset First { get; internal init; }

    /// <summary>When it was refused last, in UTC.</summary>
    public DateTimeOffset Last { get; internal init; }

    /// <summary>The revision of the policy that refused it last.</summary>
    internal long Revision { get; init; }

    internal MapiClient Client { get; init; } = new();
}
