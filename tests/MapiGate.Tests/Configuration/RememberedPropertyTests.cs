using MapiGate.Tests.Policies;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>Whatever is written, a restart begins from the very same.</summary>
public sealed class RememberedPropertyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ARestart_ChangesNothing()
    {
        var place = 0;
        Property.Holds(
            RuleOptionsGen.Policies,
            options =>
            {
                var path = Path.Combine(_folder, $"{place++}.json");
                string fingerprint;
                using (var first = Start(options, path))
                {
                    fingerprint = first.Gatekeeper.InForce.EffectiveFingerprint;
                }

                using var second = Start(options, path);
                return second.Gatekeeper is { Revision: 0, Status.Warning: null } && second.Gatekeeper.InForce.EffectiveFingerprint == fingerprint;
            },
            tests: 100);
    }

    private static FollowedContainer Start(MapiGateOptions options, string path) => new(services =>
    {
        services.AddSingleton<TimeProvider>(new SteppedClock());
        return services.AddMapiGate(copy =>
        {
            copy.DisableMapiClientProcesses = options.DisableMapiClientProcesses;
            copy.DisableMapiClients = options.DisableMapiClients;
            copy.ReportOnly.DisableMapiClientProcesses = options.ReportOnly.DisableMapiClientProcesses;
            copy.ClientsWithoutProcessName = options.ClientsWithoutProcessName;
            copy.Mode = options.Mode;
            options.Rules.ToList().ForEach(copy.Rules.Add);
            options.Exemptions.ToList().ForEach(copy.Exemptions.Add);
            options.OwnProcesses.ToList().ForEach(copy.OwnProcesses.Add);
        }).RememberPolicy(path);
    });
}
