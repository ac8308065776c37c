using MapiGate.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Rules;

public class ExemptionTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RecordingLogger _log = new();

    [Theory]
    [InlineData("backup.exe", "svc-backup", true)]
    [InlineData("BACKUP.EXE", "SVC-BACKUP", true)]
    [InlineData("backup.exe", "jane", false)]
    [InlineData("backup.exe", null, false)]
    [InlineData("backup2.exe", "svc-backup", false)]
    public void AnExemption_LetsInOnlyWhomItNames(string process, string? user, bool expected)
    {
        var policy = Policy("backup*.exe", new ExemptionOptions { Process = "backup.exe", User = "svc-*" });

        policy.Evaluate(Gate.Client(process, user)).IsAllowed.Should().Be(expected);
    }

    [Fact]
    public void TheVerdict_SaysByWhich()
    {
        var verdict = Policy("backup.exe", new ExemptionOptions { User = "svc-*", Reason = "nightly run" }).Evaluate(Gate.Client("backup.exe", "svc-backup"));

        verdict.IsAllowed.Should().BeTrue();
        verdict.Rule.Should().Be("backup.exe");
        verdict.Exemption.Should().Be("exemption-0");
    }

    [Fact]
    public void AUserTheClientOnlyClaims_DoesNotCount() =>
        Policy("backup.exe", new ExemptionOptions { User = "*svc-backup*" })
            .Evaluate(new MapiClient { ProcessNames = ["backup.exe"], UserDn = "/cn=svc-backup" }).IsAllowed.Should().BeFalse();

    [Fact]
    public void AProgramThatAddsAnExemptNameToItsOwn_IsNotExempt() =>
        Policy("evil.exe", new ExemptionOptions { Process = "backup.exe" })
            .Evaluate(new MapiClient { ProcessNames = ["backup.exe", "evil.exe"] }).IsAllowed.Should().BeFalse();

    [Fact]
    public void AnExemptionThatNamesNobody_ExemptsNobody() =>
        Policy("a.exe", new ExemptionOptions { Reason = "x" }).Evaluate(Gate.Client("a.exe", "jane")).IsAllowed.Should().BeFalse();

    [Fact]
    public void Apply_DisconnectsAProgramButForItsExemptUser()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var service = gatekeeper.Logon("backup.exe", "svc-backup");
        var others = Enumerable.Range(0, 10).Select(i => gatekeeper.Logon("backup.exe", $"user{i}")).ToList();

        gatekeeper.Apply(Policy("backup.exe", new ExemptionOptions { User = "svc-backup" })).Disconnected.Should().Be(10);

        service.IsDisconnected.Should().BeFalse();
        others.Should().OnlyContain(session => session.IsDisconnected);
    }

    [Fact]
    public async Task WhenItsMomentPasses_TheSessionsItProtectedAreCut_WithoutAnyReload()
    {
        var until = _clock.GetUtcNow() + TimeSpan.FromDays(100);
        var gatekeeper = new Gatekeeper(Policy("backup.exe", new ExemptionOptions { User = "svc-backup", Until = until }), _clock, _log.For<Gatekeeper>());
        var service = gatekeeper.Logon("backup.exe", "svc-backup");
        var other = gatekeeper.Logon("other.exe");

        _clock.Advance(TimeSpan.FromDays(100) - TimeSpan.FromMilliseconds(1));
        service.IsDisconnected.Should().BeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        service.IsDisconnected.Should().BeTrue();
        service.Verdict.Rule.Should().Be("backup.exe");
        other.IsDisconnected.Should().BeFalse();
        gatekeeper.Revision.Should().Be(1);
        gatekeeper.TryLogon(service.Client, out _, out _).Should().BeFalse();
        (await _log.WaitForAsync("PolicyChanged")).Message.Should().Contain("removed except exemption-0 (User svc-backup, until 2026-04-11T00:00:00Z)");
    }

    [Fact]
    public void SeveralMoments_EachEndsItsOwn()
    {
        var now = _clock.GetUtcNow();
        var gatekeeper = new Gatekeeper(
            Policy("backup.exe", Until("a", now + TimeSpan.FromHours(1)), Until("b", now + TimeSpan.FromHours(2)), new ExemptionOptions { User = "c" }), _clock);
        var sessions = new[] { "a", "b", "c" }.Select(user => gatekeeper.Logon("backup.exe", user)).ToList();

        _clock.Advance(TimeSpan.FromHours(1));
        sessions.Select(session => session.IsDisconnected).Should().Equal(true, false, false);
        _clock.Advance(TimeSpan.FromHours(1));
        sessions.Select(session => session.IsDisconnected).Should().Equal(true, true, false);
        _clock.Advance(TimeSpan.FromDays(1000));
        sessions.Select(session => session.IsDisconnected).Should().Equal(true, true, false);
        gatekeeper.Revision.Should().Be(2);
    }

    [Fact]
    public void AMomentThatHasPassed_ExemptsNobody()
    {
        var gatekeeper = new Gatekeeper(Policy("backup.exe", Until("svc", _clock.GetUtcNow())), _clock);

        gatekeeper.TryLogon(Gate.Client("backup.exe", "svc"), out _, out _).Should().BeFalse();
        gatekeeper.Findings.Should().ContainSingle(finding => finding.Code == "MG1014");
    }

    [Fact]
    public void APolicyReplacedMeanwhile_IsNotTouchedWhenTheOldMomentPasses()
    {
        var gatekeeper = new Gatekeeper(Policy("backup.exe", Until("svc", _clock.GetUtcNow() + TimeSpan.FromHours(1))), _clock);
        gatekeeper.Apply(ConnectionPolicy.AllowAll);

        _clock.Advance(TimeSpan.FromHours(2));

        gatekeeper.Revision.Should().Be(1);
        gatekeeper.Policy.Should().BeSameAs(ConnectionPolicy.AllowAll);
    }

    [Fact]
    public void OwnProcesses_AreNeverDenied()
    {
        var options = new MapiGateOptions { DisableMapiClientProcesses = "*", DisableMapiClients = "0-", OwnProcesses = { "store.exe" } };
        var policy = ConnectionPolicy.FromOptions(options);

        policy.Evaluate(Gate.Client(@"C:\bin\STORE.EXE")).Exemption.Should().Be("OwnProcesses STORE.EXE");
        policy.Evaluate(Gate.Client("store2.exe")).IsAllowed.Should().BeFalse();
        policy.Evaluate(new MapiClient { ProcessNames = ["store.exe", "evil.exe"] }).IsAllowed.Should().BeFalse();
    }

    private static ExemptionOptions Until(string user, DateTimeOffset until) => new() { User = user, Until = until };

    private static IConnectionPolicy Policy(string processes, params ExemptionOptions[] exemptions)
    {
        var options = new MapiGateOptions { DisableMapiClientProcesses = processes };
        foreach (var (index, exemption) in exemptions.Index())
        {
            options.Exemptions.Add($"exemption-{index}", exemption);
        }

        return ConnectionPolicy.FromOptions(options);
    }
}
