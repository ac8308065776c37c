using MapiGate.Fleet.Tests.Gates;
using MapiGate.Fleet.Tests.Servers;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>A gate with wires of its own to each server, and what it has enforced so far.</summary>
internal sealed class ModelGate(string name, string folder, NatsCluster cluster) : IAsyncDisposable
{
    private readonly List<Relay> _wires = [.. cluster.Servers.Select(server => new Relay(server.Port))];
    private GateHost _host = null!;

    public int Enforced { get; private set; }

    public async Task StartAsync() => _host = await GateHost.StartAsync(name, string.Join(',', _wires.Select(wire => wire.Url)), folder);

    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await StartAsync();
        Look();
    }

    public void CutOff(bool silently) => _wires.ForEach(wire =>
    {
        if (silently)
        {
            wire.Freeze();
        }
        else
        {
            wire.Cut();
        }
    });

    public void Mend() => _wires.ForEach(wire => wire.Mend());

    /// <summary>Looks what it enforces: the last document of those whose program it refuses, and never one before that.</summary>
    public void Look()
    {
        for (var document = 1; document <= Enforced; document++)
        {
            _host.Allows(GateWatch.Program(document)).Should().BeFalse("{0} refused {1} before", name, GateWatch.Program(document));
        }

        while (!_host.Allows(GateWatch.Program(Enforced + 1)))
        {
            Enforced++;
        }
    }

    /// <summary>Writes a document over what stands there, whoever wrote that.</summary>
    /// <returns>Whether it is certain that it was written.</returns>
    public async Task<bool> TryWriteAsync(int document)
    {
        try
        {
            var seen = await _host.Store.ReadAsync();
            return (await _host.Store.WriteAsync(GateWatch.Document(document), seen.Version, name, null)).Outcome == PolicyWriteOutcome.Written;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _wires.ForEach(wire => wire.Dispose());
    }
}
