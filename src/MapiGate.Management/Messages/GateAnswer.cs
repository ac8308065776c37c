namespace MapiGate.Management;

/// <summary>A gate that follows the policy, as it said last. Epoch and generation, those of the document in force there, are 0 where there is no fleet.</summary>
internal sealed record GateAnswer(
    string Name,
    string State,
    long Revision,
    string Fingerprint,
    long Sessions,
    DateTimeOffset? Since,
    long Epoch,
    long Generation,
    double AgeSeconds,
    long Cut,
    string Version,
    string Detail)
{
    public static GateAnswer Of(FleetGate gate) => new(
        gate.Name,
        gate.State.ToString().ToUpperInvariant(),
        gate.Revision,
        gate.Fingerprint,
        gate.Sessions,
        gate.Since,
        gate.Applied.Epoch,
        gate.Applied.Generation,
        Math.Round(gate.Age.TotalSeconds, 1),
        gate.Disconnected,
        gate.ProgramVersion,
        gate.Detail);
}
