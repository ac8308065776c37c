namespace MapiGate.Management;

/// <summary>Who may use management, where the host has authorization policies of its own.</summary>
public sealed class ManagementOptions
{
    /// <summary>The host's authorization policy for looking. Default: that of <c>AddMapiGateTokens</c>.</summary>
    public string? ReadPolicy { get; set; }

    /// <summary>The host's authorization policy for changing. Default: that of <c>AddMapiGateTokens</c>.</summary>
    public string? WritePolicy { get; set; }
}
