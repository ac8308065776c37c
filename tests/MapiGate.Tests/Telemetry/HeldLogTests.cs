using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Tests.Telemetry;

/// <summary>A log that takes a line and does not come back holds up what it tells of, and nothing that matters.</summary>
public sealed class HeldLogTests : IDisposable
{
    // Nothing here takes longer than a moment, or else it takes for ever.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly SteppedClock _clock = new();
    private readonly HeldLog _log = new();

    private readonly List<IDisposable> _toDispose = [];

    public void Dispose()
    {
        // Who is caught in a log must be let go before a container waits for him.
        _log.Dispose();
        _toDispose.ForEach(disposable => disposable.Dispose());
    }

    [Fact]
    public async Task AnApply_Returns()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: _log.For<Gatekeeper>());
        var session = gatekeeper.Logon("a.exe");

        var receipt = await OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("a.exe")));

        receipt.Disconnected.Should().Be(1);
        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public async Task AnApplyThatIsHeld_Returns()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: _log.For<Gatekeeper>());
        gatekeeper.Logon("a.exe");

        (await OnAnotherThread(() => gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 })))).Held.Should().NotBeNull();
    }

    [Fact]
    public async Task AThousandSessions_AreTold()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: _log.For<Gatekeeper>());
        using var told = new CountdownEvent(1000);
        for (var i = 0; i < told.InitialCount; i++)
        {
            gatekeeper.Logon("a.exe").Disconnected.Register(() => told.Signal());
        }

        var apply = OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("a.exe")));

        told.Wait(Bound).Should().BeTrue($"{told.CurrentCount} have not been told");
        await apply;
    }

    [Fact]
    public async Task ALogThatIsHeldAtEachCut_HoldsNoCallback()
    {
        // As above, but Apply itself logs without trouble.
        using var log = new HeldLog("SessionDisconnected");
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: log.For<Gatekeeper>());
        using var told = new CountdownEvent(1000);
        for (var i = 0; i < told.InitialCount; i++)
        {
            gatekeeper.Logon("a.exe").Disconnected.Register(() => told.Signal());
        }

        await OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("a.exe")));

        told.Wait(Bound).Should().BeTrue($"{told.CurrentCount} have not been told");
    }

    [Fact]
    public async Task TheNextApply_Returns_AndAPreviewAndAnExplanationBesideIt()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: _log.For<Gatekeeper>());
        var first = OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("a.exe")));
        await _log.Entered.WithinBounds();

        var second = await OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("b.exe")));

        second.Revision.Should().Be(2);
        (await OnAnotherThread(() => gatekeeper.Preview(Gate.Blocking("a.exe")))).Disconnected.Should().BeEmpty();
        (await first).Revision.Should().Be(1);
    }

    [Fact]
    public async Task Logons_GoOn_WhileAChangeIsBeingLogged()
    {
        using var log = new HeldLog("PolicyChanged");
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: log.For<Gatekeeper>());
        var apply = OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("a.exe")));
        await log.Entered.WithinBounds();

        (await OnAnotherThread(() => gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _))).Should().BeTrue();
        (await OnAnotherThread(() => gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _))).Should().BeFalse();
        await apply;
    }

    [Fact]
    public async Task ALogonWhoseLineIsHeld_HoldsNobodyElse()
    {
        using var log = new HeldLog("LogonRefused");
        var gatekeeper = new Gatekeeper(Gate.Blocking("a.exe"), logger: log.For<Gatekeeper>());
        var refused = Task.Run(() => gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _));
        await log.Entered.WithinBounds();

        (await OnAnotherThread(() => gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _))).Should().BeTrue();
        (await OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("b.exe")))).Disconnected.Should().Be(1);

        log.LetGo();
        (await refused.WithinBounds()).Should().BeFalse();
    }

    [Fact]
    public async Task AnExemptionsEnd_IsActedOn_AndSoIsTheNext()
    {
        using var log = new HeldLog("PolicyChanged", "SessionDisconnected", "PolicyFinding");
        var gatekeeper = new Gatekeeper(EndingPolicy.Create(_clock), _clock, log.For<Gatekeeper>());
        var sessions = new[] { gatekeeper.Logon("backup.exe", "svc1"), gatekeeper.Logon("backup.exe", "svc2") };

        await OnAnotherThread(() => Advance(TimeSpan.FromHours(1)));
        sessions.Select(session => session.IsDisconnected).Should().Equal(true, false);
        await OnAnotherThread(() => Advance(TimeSpan.FromHours(1)));
        sessions.Select(session => session.IsDisconnected).Should().Equal(true, true);
    }

    [Fact]
    public async Task AnEditOfTheFile_IsInForce_AndSoIsTheNext()
    {
        var file = new MemoryFile(Policy("a.exe"));
        var gatekeeper = Follow(file, "PolicyChanged", out _);

        await OnAnotherThread(() => Write(Policy("b.exe")));
        await OnAnotherThread(() => Write(Policy("c.exe")));

        gatekeeper.Revision.Should().Be(2);

        bool Write(string text)
        {
            file.Write(text);
            return true;
        }
    }

    [Fact]
    public async Task AFileThatBreaks_IsReported_AndStatusCanBeAsked()
    {
        var file = new MemoryFile(Policy("a.exe"));
        var gatekeeper = Follow(file, "PolicyRejected", out var log);
        var breaking = OnAnotherThread(() =>
        {
            file.Write("{ garbage");
            return true;
        });
        await log.Entered.WithinBounds();

        gatekeeper.Status.Error.Should().NotBeNull();
        (await OnAnotherThread(() => gatekeeper.Apply(Gate.Blocking("b.exe")))).Revision.Should().Be(1);
        await breaking;
    }

    private static string Policy(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";

    // A thread of its own: whoever is caught in the log must not cost the pool one that others wait for.
    private static Task<T> OnAnotherThread<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Bound);

    private Gatekeeper Follow(MemoryFile file, string heldAt, out HeldLog log)
    {
        var held = log = new HeldLog(heldAt);
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(held)).AddMapiGate(file.Root()).Services.BuildServiceProvider();
        _toDispose.AddRange([held, services]);
        return services.Gatekeeper();
    }

    private bool Advance(TimeSpan by)
    {
        _clock.Advance(by);
        return true;
    }
}
