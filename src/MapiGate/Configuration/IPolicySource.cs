namespace MapiGate;

/// <summary>
/// What a configuration provider implements that has something to say of its own about the policy it reads. The gate asks
/// every provider of the configuration that it follows, at each change.
/// </summary>
public interface IPolicySource
{
    /// <summary>
    /// What cannot be read, why, and how to put it right; <see langword="null"/> when nothing is wrong. While there is an
    /// error the policy in force counts as a last known good one.
    /// </summary>
#pragma warning disable CA1716 // A keyword of Visual Basic only, which can write [Error].
    string? Error { get; }
#pragma warning restore CA1716

    /// <summary>What is odd about what was read and changes nothing: each is a finding.</summary>
    IReadOnlyList<string> Notes { get; }
}
