namespace MapiGate;

/// <summary>A named exemption: it lets in a client that meets its conditions although rules deny it, while it is in force.</summary>
internal sealed record NamedExemption(string Name, ClientConditions Conditions, RulePeriod Period, string? Reason)
{
    // Every name, not any: see ClientConditions.
    public bool Covers(ClientProgram program) => Conditions.AreMetBy(program, byEveryName: true);
}
