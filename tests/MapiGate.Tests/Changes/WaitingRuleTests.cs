using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>A rule that begins at a moment is asked about then, however the gate learns that the moment has come.</summary>
public sealed class WaitingRuleTests : IDisposable
{
    private static readonly DateTimeOffset From = SteppedClock.Start.AddHours(1);

    private readonly SteppedClock _clock = new();
    private readonly SignallingSource _other = new();
    private readonly MemoryFile _file = new(Document(maxDisconnects: 1));
    private readonly FollowedContainer _container;

    public WaitingRuleTests() => _container = new FollowedContainer(services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        return services.AddMapiGate(_file.Root(_other), "MapiGate");
    });

    private Gatekeeper Gatekeeper => _container.Gatekeeper;

    public void Dispose() => _container.Dispose();

    [Fact]
    public void ASignalAfterTheClockWasSetPastTheBeginning_HoldsTheRule()
    {
        var sessions = Logon("a.exe", 3);

        _clock.Step(TimeSpan.FromHours(1));
        _other.Signal();

        sessions.Should().NotContain(session => session.IsDisconnected, "the fuse is asked at the beginning, whoever notices it first");
        Gatekeeper.Status.Held!.Disconnects.Should().Be(3);
    }

    [Fact]
    public void ASecondRuleThatIsHeld_IsCountedWithTheFirst()
    {
        Logon("a.exe", 3);
        var later = Logon("b.exe", 2);
        _clock.Advance(TimeSpan.FromHours(1));
        Gatekeeper.Status.Held!.Disconnects.Should().Be(3);

        _clock.Advance(TimeSpan.FromHours(1));

        later.Should().NotContain(session => session.IsDisconnected);
        var hold = Gatekeeper.Status.Held!;
        Gatekeeper.Confirm(hold.Fingerprint).Disconnected.Should().Be(hold.Disconnects, "that many were to be confirmed");
    }

    [Fact]
    public void Confirm_AfterTheLimitsWereWrittenAnew_KeepsTheNewOnes()
    {
        Logon("a.exe", 3);
        _clock.Advance(TimeSpan.FromHours(1));
        _file.Write(Document(maxDisconnects: 2));

        Gatekeeper.Confirm(Gatekeeper.Status.Held!.Fingerprint).Disconnected.Should().Be(3);

        Logon("b.exe", 2);
        _clock.Advance(TimeSpan.FromHours(1));
        Gatekeeper.Status.Held.Should().BeNull("two may go by what is written now");
        _container.Denies("b.exe").Should().BeTrue();
    }

    [Fact]
    public void LimitsWrittenAnew_AreAskedAbout()
    {
        var sessions = Logon("a.exe", 3);
        _clock.Advance(TimeSpan.FromHours(1));

        _file.Write(Document(maxDisconnects: 3));

        Gatekeeper.Status.Held.Should().BeNull();
        sessions.Should().OnlyContain(session => session.IsDisconnected);
    }

    [Fact]
    public void LimitsWrittenAnew_LeaveOutWhatWasWithdrawn()
    {
        var sessions = Logon("a.exe", 3);
        _clock.Advance(TimeSpan.FromHours(1));
        Gatekeeper.Withdraw(Gatekeeper.Status.Held!.Fingerprint);

        _file.Write(Document(maxDisconnects: 3));

        sessions.Should().NotContain(session => session.IsDisconnected);
    }

    [Fact]
    public void ARuleThatEndsWhileItIsHeld_IsHeldNoMore()
    {
        Logon("a.exe", 3);
        _clock.Advance(TimeSpan.FromHours(1));
        var fingerprint = Gatekeeper.Status.Held!.Fingerprint;

        _clock.Advance(TimeSpan.FromHours(9));

        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
        Gatekeeper.Invoking(gate => gate.Confirm(fingerprint)).Should().Throw<InvalidOperationException>();
        _container.Denies("a.exe").Should().BeFalse();
    }

    [Fact]
    public void AnExemptionThatEndsAtTheBeginning_IsNotLaidToTheRule()
    {
        // backup.exe is refused but for svc, whose exemption ends when the rule about a.exe begins: no limit holds that back.
        var services = Enumerable.Range(0, 3).Select(_ => Gatekeeper.Logon("backup.exe", "svc")).ToList();

        _clock.Advance(TimeSpan.FromHours(1));

        services.Should().OnlyContain(session => session.IsDisconnected);
        Gatekeeper.Status.Held.Should().BeNull("nobody runs a.exe");
        _container.Denies("a.exe").Should().BeTrue();
    }

    [Fact]
    public void AHoldAtTheBeginning_AndOneOfAnEdit_StandSideBySide_AndAreConfirmedApart()
    {
        var waiting = Logon("a.exe", 3);
        var edited = Logon("c.exe", 2);
        _file.Write(Document(maxDisconnects: 1, processes: "backup.exe; c.exe"));
        var ofEdit = Gatekeeper.Status.Held!.Fingerprint;

        _clock.Advance(TimeSpan.FromHours(1));

        Gatekeeper.Status.Holds.Should().HaveCount(2);
        Gatekeeper.Confirm(Gatekeeper.Status.Held!.Fingerprint).Disconnected.Should().Be(3);
        waiting.Should().OnlyContain(session => session.IsDisconnected);
        edited.Should().NotContain(session => session.IsDisconnected);
        Gatekeeper.Confirm(ofEdit).Disconnected.Should().Be(2);
        _container.Denies("a.exe").Should().BeTrue("it stands in the edit, too");
        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    private static string Document(int maxDisconnects, string processes = "backup.exe") => $$"""
        {
          "MapiGate": {
            "DisableMapiClientProcesses": "{{processes}}",
            "MaxDisconnects": {{maxDisconnects}},
            "Rules": {
              "first": { "Process": "a.exe", "From": "{{From:O}}", "Until": "{{From.AddHours(9):O}}" },
              "second": { "Process": "b.exe", "From": "{{From.AddHours(1):O}}" }
            },
            "Exemptions": { "svc": { "User": "svc", "Until": "{{From:O}}" } }
          }
        }
        """;

    private List<MapiSession> Logon(string processName, int sessions) => [.. Enumerable.Range(0, sessions).Select(_ => Gatekeeper.Logon(processName))];
}
