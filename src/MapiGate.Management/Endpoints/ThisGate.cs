using System.Reflection;

namespace MapiGate.Management;

/// <summary>A gate that is in no fleet, as a fleet of one: who asks need not know the difference.</summary>
internal sealed class ThisGate(Gatekeeper gate, IPolicyStore? store) : IGateFleet
{
    private static readonly string Version = typeof(Gatekeeper).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    public string GateName => Environment.MachineName;

    public bool MayOrder => true;

    public Task<FleetStatus> ReadAsync(CancellationToken cancellationToken = default)
    {
        var (inForce, status) = (gate.InForce, gate.Status);
        return Task.FromResult(new FleetStatus
        {
            Gates =
            [
                new FleetGate
                {
                    Name = GateName,
                    State = status.Holds.Count > 0 ? FleetGateState.Held : status.Error is null ? FleetGateState.Synced : FleetGateState.Rejected,
                    Fingerprint = inForce.Fingerprint,
                    Live = gate.Sessions.Count,
                    Since = inForce.Since,
                    Version = Version,
                    Detail = status.Error ?? (status.Holds.Count > 0 ? status.Holds[0].ToString() : string.Empty),
                },
            ],
        });
    }

    public async Task<FleetAnswers<TAnswer>> AskAsync<TAnswer>(GateQuestion<TAnswer> question, string? name = null, CancellationToken cancellationToken = default)
        where TAnswer : class
    {
        if (name is not null && !name.Equals(GateName, StringComparison.OrdinalIgnoreCase))
        {
            return new FleetAnswers<TAnswer>(new Dictionary<string, TAnswer>(), [new FleetGap(name, "No gate of that name is known.")]);
        }

        try
        {
            return new FleetAnswers<TAnswer>(new Dictionary<string, TAnswer> { [GateName] = await question.AnswerAsync(gate, store, cancellationToken).ConfigureAwait(false) }, []);
        }
        catch (InvalidOperationException e)
        {
            return new FleetAnswers<TAnswer>(new Dictionary<string, TAnswer>(), [new FleetGap(GateName, e.Message)]);
        }
    }
}
