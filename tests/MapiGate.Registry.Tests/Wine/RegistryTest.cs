namespace MapiGate.Registry.Tests.Wine;

/// <summary>A test that starts with no key in the registry, and is skipped where there is no Wine.</summary>
[Collection(SharedWine.Name)]
public abstract class RegistryTest(WineSetup wine) : IAsyncLifetime
{
    private readonly List<RegistryProbe> _probes = [];

    internal WineSetup Wine { get; } = wine;

    internal Administrator Administrator { get; } = new(wine);

    public Task InitializeAsync()
    {
        WineSetup.SkipIfMissing();
        return Administrator.ClearAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var probe in _probes)
        {
            await probe.DisposeAsync();
        }
    }

    /// <summary>Starts a probe and waits until it has loaded its configuration.</summary>
    /// <param name="settings">As in <c>PollInterval=00:00:01</c>. By default its clock stands still until told to advance.</param>
    internal async Task<(RegistryProbe Probe, ProbeLine Loaded)> StartProbeAsync(params IEnumerable<string> settings)
    {
        var program = await Wine.PublishAsync("tests/MapiGate.Registry.Probe");
        for (var attempt = 1; ; attempt++)
        {
            var probe = new RegistryProbe(Wine.Prepare(program, settings));
            _probes.Add(probe);
            try
            {
                return (probe, await probe.NextAsync());
            }
            catch (EndOfStreamException) when (attempt < WineSetup.MostAttempts)
            {
                // Wine has started nothing.
            }
        }
    }
}
