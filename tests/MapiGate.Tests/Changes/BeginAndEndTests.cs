using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Changes;

/// <summary>A rule or an exemption begins and ends by itself: nobody has to touch anything at either moment.</summary>
public class BeginAndEndTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly RecordingLogger _log = new();

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Theory]
    [InlineData(1)]
    [InlineData(24 * 400)]
    public async Task AtItsBeginning_ARuleCutsAndRefuses_AndAMomentBeforeItDoesNeither(int hours)
    {
        var gatekeeper = Start(Gate.Denying(new() { Process = "a.exe", From = Now + (hours * Hour), Message = "Not after midnight." }));
        var session = gatekeeper.Logon("a.exe");
        var token = session.Disconnected;
        var other = gatekeeper.Logon("b.exe");

        _clock.Advance((hours * Hour) - Moment);
        session.IsDisconnected.Should().BeFalse();
        Denies(gatekeeper).Should().BeFalse();
        IsInForce(gatekeeper).Should().BeFalse();

        _clock.Advance(Moment);
        session.Verdict.Should().BeEquivalentTo(new { IsAllowed = false, Rule = "rule", Message = "Not after midnight." });
        token.IsCancellationRequested.Should().BeTrue();
        other.IsDisconnected.Should().BeFalse();
        Denies(gatekeeper).Should().BeTrue();
        IsInForce(gatekeeper).Should().BeTrue();
        gatekeeper.Revision.Should().Be(1);
        gatekeeper.InForce.Since.Should().Be(Now);
        (await _log.WaitForAsync("PolicyChanged")).Message.Should().Contain("added rule rule (Process a.exe, from ").And.Contain("1 of 2 sessions disconnected");
    }

    [Fact]
    public async Task AtItsEnd_ARuleLetsInAgain_AndAMomentBeforeItDoesNot()
    {
        var gatekeeper = Start(Gate.Denying(new() { Process = "a.exe", Until = Now + Hour }));

        _clock.Advance(Hour - Moment);
        Denies(gatekeeper).Should().BeTrue();
        _clock.Advance(Moment);

        Denies(gatekeeper).Should().BeFalse();
        gatekeeper.Revision.Should().Be(1);
        (await _log.WaitForAsync("PolicyChanged")).Message.Should().Contain("added (none); removed rule rule (Process a.exe, until ");
    }

    [Fact]
    public void AtItsBeginning_AnExemptionLetsIn_AndAtItsEndItsSessionsAreCut()
    {
        var gatekeeper = Start(ConnectionPolicy.FromOptions(new()
        {
            DisableMapiClientProcesses = "backup.exe",
            Exemptions = { ["night"] = new() { User = "svc", From = Now + Hour, Until = Now + (2 * Hour) } },
        }));

        _clock.Advance(Hour - Moment);
        gatekeeper.TryLogon(Gate.Client("backup.exe", "svc"), out _, out _).Should().BeFalse();
        _clock.Advance(Moment);
        var session = gatekeeper.Logon("backup.exe", "svc");
        _clock.Advance(Hour - Moment);
        session.IsDisconnected.Should().BeFalse();
        _clock.Advance(Moment);

        session.Verdict.Rule.Should().Be("backup.exe");
        gatekeeper.Revision.Should().Be(2);
    }

    [Fact]
    public void SeveralRules_EachBeginAndEndAtTheirOwnMoments()
    {
        var gatekeeper = Start(ConnectionPolicy.FromOptions(new()
        {
            Rules =
            {
                ["a"] = new() { Process = "a.exe", From = Now + Hour, Until = Now + (3 * Hour) },
                ["b"] = new() { Process = "b.exe", From = Now + (2 * Hour) },
                ["c"] = new() { Process = "c.exe", From = Now + (2 * Hour), Until = Now + (3 * Hour) },
            },
        }));

        Denied().Should().BeEmpty();
        _clock.Advance(Hour);
        Denied().Should().Equal("a.exe");
        _clock.Advance(Hour);
        Denied().Should().Equal("a.exe", "b.exe", "c.exe");
        _clock.Advance(Hour);
        Denied().Should().Equal("b.exe");
        _clock.Advance(1000 * Hour);
        Denied().Should().Equal("b.exe");
        gatekeeper.Revision.Should().Be(3, "what begins and ends at one moment is one change");

        IEnumerable<string> Denied() => new[] { "a.exe", "b.exe", "c.exe" }.Where(process => Denies(gatekeeper, process));
    }

    [Theory]
    [InlineData(-2, null, true)]
    [InlineData(-2, 1, true)]
    [InlineData(-2, -1, false)]
    [InlineData(1, null, false)]
    [InlineData(null, -1, false)]
    [InlineData(null, 0, false)]
    [InlineData(0, null, true)]
    public void AtTheStart_ARuleIsInForceFromItsBeginningUntilJustBeforeItsEnd(int? from, int? until, bool expected)
    {
        var gatekeeper = Start(Gate.Denying(new() { Process = "a.exe", From = Now + (from * Hour), Until = Now + (until * Hour) }));

        Denies(gatekeeper).Should().Be(expected);
        IsInForce(gatekeeper).Should().Be(expected);
    }

    [Fact]
    public void Apply_ARuleThatHasNotBegun_CutsNobodyYet()
    {
        var gatekeeper = Start(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");

        gatekeeper.Apply(Gate.Denying(new() { Process = "a.exe", From = Now + Hour })).Disconnected.Should().Be(0);
        session.IsDisconnected.Should().BeFalse();
        _clock.Advance(Hour);

        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void ARuleOfAPolicyReplacedMeanwhile_NeverBegins()
    {
        var gatekeeper = Start(Gate.Denying(new() { Process = "a.exe", From = Now + Hour }));
        gatekeeper.Apply(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");

        _clock.Advance(2 * Hour);

        session.IsDisconnected.Should().BeFalse();
        gatekeeper.Revision.Should().Be(1);
    }

    [Fact]
    public void ARuleOnlyReported_IsReportedBetweenItsMoments()
    {
        var gatekeeper = Start(Gate.Denying(new() { Process = "a.exe", Mode = RuleMode.ReportOnly, From = Now + Hour, Until = Now + (2 * Hour) }));

        Reported().Should().BeNull();
        _clock.Advance(Hour);
        Reported().Should().Be("rule");
        _clock.Advance(Hour);
        Reported().Should().BeNull();

        string? Reported()
        {
            gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out var verdict).Should().BeTrue();
            return verdict.ReportedRule;
        }
    }

    [Fact]
    public void InAFileThatIsFollowed_ARuleBeginsAndEnds_AndTheFileStillSaysWhatIsInForce()
    {
        var file = new MemoryFile($$"""{ "MapiGate": { "Rules": { "rule": { "Process": "a.exe", "From": "{{Now + Hour:O}}", "Until": "{{Now + (2 * Hour):O}}" } } } }""");
        using var container = new FollowedContainer(services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            return services.AddMapiGate(file.Root());
        });
        var session = container.Gatekeeper.Logon("a.exe");

        _clock.Advance(Hour);
        session.IsDisconnected.Should().BeTrue();
        container.Gatekeeper.Status.IsByHand.Should().BeFalse();
        _clock.Advance(Hour);

        container.Denies("a.exe").Should().BeFalse();
        container.Gatekeeper.Status.ToString().Should().Be("The policy in force is the one last written.");
    }

    private static bool Denies(Gatekeeper gatekeeper, string process = "a.exe")
    {
        var isIn = gatekeeper.TryLogon(Gate.Client(process), out var session, out _);
        session?.Dispose();
        return !isIn;
    }

    private static bool IsInForce(Gatekeeper gatekeeper) => gatekeeper.InForce.Rules.Single(rule => rule.Name == "rule").IsInForce;

    private Gatekeeper Start(IConnectionPolicy policy) => new(policy, _clock, _log.For<Gatekeeper>());
}
