using MapiGate.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Changes;

public class FuseTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task AChangePastTheCount_IsHeld_AndNobodyIsTouched()
    {
        var clock = new FakeTimeProvider();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, clock, _log.For<Gatekeeper>());
        var sessions = Logon(gatekeeper, "OUTLOOK.EXE", 8).Concat(Logon(gatekeeper, "other.exe", 2)).ToList();

        var receipt = gatekeeper.Apply(Policy("outlook.exe", maxDisconnects: 7));

        receipt.Held.Should().NotBeNull();
        receipt.Revision.Should().Be(0);
        receipt.Disconnected.Should().Be(0);
        receipt.Completion.IsCompleted.Should().BeTrue();
        receipt.Held!.Disconnects.Should().Be(8);
        receipt.Held.Sessions.Should().Be(10);
        receipt.Held.ByProgram.Should().ContainSingle().Which.Should().Be(new KeyValuePair<string, long>("OUTLOOK.EXE", 8));
        sessions.Should().OnlyContain(session => !session.IsDisconnected);
        gatekeeper.TryLogon(Gate.Client("outlook.exe"), out _, out _).Should().BeTrue("the old policy is in force");
        gatekeeper.Status.IsLastKnownGood.Should().BeTrue();
        gatekeeper.Status.Held.Should().Be(receipt.Held);
        gatekeeper.Status.Since.Should().Be(clock.GetUtcNow());
        (await _log.WaitForAsync("PolicyHeld")).Message.Should()
            .Contain("would disconnect 8 of 10 sessions (\"OUTLOOK.EXE\" 8), past MaxDisconnects = 7")
            .And.Contain($"set ConfirmChange to \"{receipt.Held.Fingerprint}\"");
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(19.9, true)]
    [InlineData(80, false)]
    [InlineData(79.9, true)]
    public void AChangePastTheShare_IsHeld(double percent, bool held)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        Logon(gatekeeper, "a.exe", 8);
        Logon(gatekeeper, "b.exe", 2);

        (gatekeeper.Apply(Policy("a.exe", maxPercent: percent)).Held is not null).Should().Be(held);
    }

    [Fact]
    public void AtTheLimit_TheChangeIsMade()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        Logon(gatekeeper, "a.exe", 8);

        gatekeeper.Apply(Policy("a.exe", maxDisconnects: 8)).Disconnected.Should().Be(8);
    }

    [Fact]
    public void AHeldChange_Confirmed_IsMade()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        Logon(gatekeeper, "a.exe", 8);
        var fingerprint = gatekeeper.Apply(Policy("a.exe", maxDisconnects: 0)).Held!.Fingerprint;

        gatekeeper.Apply(Policy("b.exe; a.exe", maxDisconnects: 0, confirm: fingerprint)).Held.Should().NotBeNull("another change was confirmed");
        var receipt = gatekeeper.Apply(Policy("A.EXE", maxDisconnects: 0, confirm: fingerprint));

        receipt.Held.Should().BeNull();
        receipt.Disconnected.Should().Be(8);
        gatekeeper.Status.Holds.Should().ContainSingle("the other change still waits to be dealt with");
        gatekeeper.Withdraw(gatekeeper.Status.Held!.Fingerprint);
        gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    [Fact]
    public void AHeldChange_Forced_IsMade()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        Logon(gatekeeper, "a.exe", 8);

        gatekeeper.Apply(Policy("a.exe", maxDisconnects: 0), PolicyChangeMode.Forced).Disconnected.Should().Be(8);
    }

    [Fact]
    public void AnExemptionThatEnds_IsNotHeldBack()
    {
        var clock = new FakeTimeProvider();
        var options = new MapiGateOptions
        {
            DisableMapiClientProcesses = "a.exe",
            MaxDisconnects = 0,
            Exemptions = { ["svc"] = new() { User = "svc", Until = clock.GetUtcNow() + TimeSpan.FromHours(1) } },
        };
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(options), clock);
        var session = gatekeeper.Logon("a.exe", "svc");

        clock.Advance(TimeSpan.FromHours(1));

        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void AHold_KeepsNoTextWithoutEnd()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Logon(new string('x', 1_000_000));

        var hold = gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "x*", MaxDisconnects = 0 })).Held!;

        hold.ByProgram.Keys.Should().ContainSingle().Which.Length.Should().BeLessThan(1000);
    }

    private static List<MapiSession> Logon(Gatekeeper gatekeeper, string process, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => gatekeeper.Logon(process))];

    private static IConnectionPolicy Policy(string processes, int? maxDisconnects = null, double? maxPercent = null, string? confirm = null) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions
        {
            DisableMapiClientProcesses = processes,
            MaxDisconnects = maxDisconnects,
            MaxDisconnectPercent = maxPercent,
            ConfirmChange = confirm,
        });
}
