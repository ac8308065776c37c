using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Tests.Telemetry;

/// <summary>A log that throws costs its lines and nothing else: no caller sees it, and nothing that was begun is left half done.</summary>
public class ThrowingLogTests
{
    private readonly SteppedClock _clock = new();

    /// <summary>A log that throws at everything, and one that throws already when it is asked if it is enabled.</summary>
    public static TheoryData<bool> Logs => new() { false, true };

    [Theory]
    [MemberData(nameof(Logs))]
    public void AnExemptionsEnd_IsActedOn_AndSoIsTheNext(bool whenAsked)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, _clock, new ThrowingLog { ThrowsWhenAsked = whenAsked }.For<Gatekeeper>());
        Quietly(() => gatekeeper.Apply(EndingPolicy.Create(_clock)));
        var sessions = new[] { LogOn(gatekeeper, "backup.exe", "svc1"), LogOn(gatekeeper, "backup.exe", "svc2") };

        // A timer's callback that throws ends the process.
        _clock.Invoking(clock => clock.Advance(TimeSpan.FromHours(1))).Should().NotThrow();
        sessions.Select(session => session?.IsDisconnected).Should().Equal(true, false);
        _clock.Invoking(clock => clock.Advance(TimeSpan.FromHours(1))).Should().NotThrow();
        sessions.Select(session => session?.IsDisconnected).Should().Equal(true, true);
    }

    [Theory]
    [InlineData("PolicyChanged")]
    [InlineData("PolicyFinding")]
    [InlineData("SessionDisconnected")]
    public void AChange_IsMadeWhole_AndItsExemptionsEnd(string @event)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, _clock, new ThrowingLog(@event).For<Gatekeeper>());

        gatekeeper.Invoking(gate => gate.Apply(EndingPolicy.Create(_clock, "backup.exe, b.exe; backup.exe"))).Should().NotThrow();
        var session = LogOn(gatekeeper, "backup.exe", "svc1")!;
        Quietly(() => _clock.Advance(TimeSpan.FromHours(1)));

        session.IsDisconnected.Should().BeTrue("the end was set although the log threw");
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void AChange_ReturnsItsReceipt(bool whenAsked)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: new ThrowingLog { ThrowsWhenAsked = whenAsked }.For<Gatekeeper>());
        var told = LogOn(gatekeeper, "a.exe")!.Disconnected;

        var receipt = gatekeeper.Apply(Gate.Blocking("a.exe"));

        receipt.Disconnected.Should().Be(1);
        told.WaitHandle.WaitWithinBounds();
    }

    [Fact]
    public void AHeldChange_ReturnsItsReceipt()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: new ThrowingLog("PolicyHeld").For<Gatekeeper>());
        LogOn(gatekeeper, "a.exe");

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 })).Held.Should().NotBeNull();
    }

    [Fact]
    public void APolicyThatCannotJudgeOneSession_StillCutsTheOthers()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: new ThrowingLog("SessionNotJudged").For<Gatekeeper>());
        var sessions = Enumerable.Range(0, 200).Select(i => LogOn(gatekeeper, $"a{i}.exe")!).ToList();

        Quietly(() => gatekeeper.Apply(Gate.Judging(client => client.ProcessName == "a100.exe" ? throw new InvalidOperationException("policy bug") : true)));

        sessions.Count(session => session.IsDisconnected).Should().Be(199, "the policy in force denies them");
    }

    [Fact]
    public void AnAllowedLogon_HasItsSession()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new() { Mode = PolicyMode.ReportOnly, DisableMapiClientProcesses = "a.exe" }), logger: new ThrowingLog().For<Gatekeeper>());

        gatekeeper.TryLogon(Gate.Client("a.exe"), out var session, out _).Should().BeTrue();

        session.Should().NotBeNull();
        gatekeeper.Sessions.Count.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void ARefusedLogon_IsRefused(bool whenAsked) =>
        new Gatekeeper(Gate.Blocking("a.exe"), logger: new ThrowingLog { ThrowsWhenAsked = whenAsked }.For<Gatekeeper>())
            .TryLogon(Gate.Client("a.exe"), out _, out _).Should().BeFalse();

    [Fact]
    public void AGatekeeper_CanBeMade() =>
        FluentActions.Invoking(() => new Gatekeeper(Gate.Blocking("a.exe, b.exe"), logger: new ThrowingLog().For<Gatekeeper>())).Should().NotThrow();

    [Theory]
    [InlineData("SettingsRead")]
    [InlineData("PolicyChanged")]
    [InlineData("PolicyFinding")]
    public void AnEditOfTheFile_IsInForce_AndNothingIsWrongWithIt(string @event)
    {
        var file = new MemoryFile(Policy("a.exe"));
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new ThrowingLog(@event)))
            .AddMapiGate(file.Root()).Services.BuildServiceProvider();
        var gatekeeper = services.Gatekeeper();

        file.Write(Policy("b.exe, c.exe; b.exe"));

        gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _).Should().BeFalse();
        gatekeeper.Status.Error.Should().BeNull("a full disk is no fault of the policy's");

        file.Write(Policy("d.exe"));

        gatekeeper.TryLogon(Gate.Client("d.exe"), out _, out _).Should().BeFalse();
        gatekeeper.Revision.Should().Be(2);
    }

    [Fact]
    public void AFileThatBreaks_IsReported_AndItsRepairIsHeard()
    {
        var file = new MemoryFile(Policy("a.exe"));
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new ThrowingLog("PolicyRejected", "PolicyRecovered")))
            .AddMapiGate(file.Root()).Services.BuildServiceProvider();
        var gatekeeper = services.Gatekeeper();

        file.Write("{ garbage");
        gatekeeper.Status.Error.Should().NotBeNull();
        file.Write(Policy("b.exe"));

        gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _).Should().BeFalse();
        gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    private static string Policy(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";

    private static MapiSession? LogOn(Gatekeeper gatekeeper, string process, string? user = null)
    {
        MapiSession? session = null;
        Quietly(() => gatekeeper.TryLogon(Gate.Client(process, user), out session, out _));
        return session;
    }

    // What is on the way to what a test is about, and has a test of its own.
    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or AggregateException)
        {
        }
    }
}
