namespace MapiGate;

/// <summary>A policy and the number it came into force under. Compared by reference: each change makes a new one.</summary>
internal sealed class PolicyInForce(IConnectionPolicy policy, long revision)
{
    public IConnectionPolicy Policy { get; } = policy;

    public long Revision { get; } = revision;
}
