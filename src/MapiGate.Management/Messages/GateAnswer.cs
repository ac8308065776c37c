namespace MapiGate.Management;

/// <summary>A gate that follows the policy; the revision is known of the one that is asked. Epoch and generation are 0 where there is no fleet.</summary>
internal sealed record GateAnswer(
    string Name,
    string State,
    long? Revision,
    string Fingerprint,
    long Sessions,
    DateTimeOffset Since,
    long Epoch,
    long Generation,
    double AgeSeconds,
    long Cut,
    string Version,
    string Detail)
{
    public static GateAnswer Of(FleetGate gate, long? revision) => new(
        gate.Name,
        gate.State.ToString().ToUpperInvariant(),
        revision,
        gate.Fingerprint,
        gate.Live,
        gate.Since,
        gate.Epoch,
        gate.Generation,
        gate.Age.TotalSeconds,
        gate.Cut,
        gate.Version,
        gate.Detail);
}
