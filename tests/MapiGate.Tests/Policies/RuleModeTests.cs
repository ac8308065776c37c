using MapiGate.TestSupport;

namespace MapiGate.Tests.Policies;

/// <summary>What a named rule does to whom it names, and what he is told.</summary>
public class RuleModeTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void Message_IsWhatTheRefusedIsTold_AndTheCut()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");

        gatekeeper.Apply(Gate.Denying(new() { Process = "a.exe", Message = " Update Office, or call 4711. " }));

        session.Verdict.Message.Should().Be("Update Office, or call 4711.");
        gatekeeper.TryLogon(session.Client, out _, out var verdict).Should().BeFalse();
        verdict.Message.Should().Be("Update Office, or call 4711.");
    }

    [Theory]
    [InlineData(@"C:\x\OUTLOOK.EXE", "The program OUTLOOK.EXE is blocked for you on this server by its administrator.")]
    [InlineData("", "This program is blocked for you on this server by its administrator.")]
    public void WithoutAMessage_TheRefusedIsToldInASentenceThatNamesTheProgram(string process, string message) =>
        Gate.Denying(new() { User = "jane" }).Evaluate(Gate.Client(process, "jane")).Message.Should().Be(message);

    [Fact]
    public void ReportOnly_LetsInAndCutsNobody_ButSaysWhomItWouldHave()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: _log.For<Gatekeeper>());
        var session = gatekeeper.Logon("a.exe", "jane");

        gatekeeper.Apply(Gate.Denying(new() { Process = "a.exe", User = "jane", Mode = RuleMode.ReportOnly })).Disconnected.Should().Be(0);

        session.IsDisconnected.Should().BeFalse();
        gatekeeper.TryLogon(session.Client, out _, out var verdict).Should().BeTrue();
        (verdict.Rule, verdict.ReportedRule).Should().Be((null, "rule"));
        _log.Entries.Should().ContainSingle(entry => entry.EventId.Name == "LogonReported").Which.Message.Should().StartWith("Logon would be refused by rule \"rule\", which is only reported: process \"a.exe\"");
        gatekeeper.TryLogon(Gate.Client("a.exe", "john"), out _, out verdict).Should().BeTrue();
        verdict.ReportedRule.Should().BeNull();
    }

    [Fact]
    public void ReportOnly_BesideARuleThatEnforces_IsOverruledByIt()
    {
        var policy = ConnectionPolicy.FromOptions(new()
        {
            Rules = { ["all"] = new() { Process = "*", Mode = RuleMode.ReportOnly }, ["one"] = new() { Process = "a.exe" } },
        });

        policy.Evaluate(Gate.Client("a.exe")).Rule.Should().Be("one");
        policy.Evaluate(Gate.Client("b.exe")).ReportedRule.Should().Be("all");
    }

    [Fact]
    public void Off_NeitherRefusesNorReports_AndIsStillThere()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: _log.For<Gatekeeper>());
        var session = gatekeeper.Logon("a.exe");

        gatekeeper.Apply(Gate.Denying(new() { Process = "a.exe", Mode = RuleMode.Off })).Disconnected.Should().Be(0);

        session.IsDisconnected.Should().BeFalse();
        gatekeeper.TryLogon(session.Client, out _, out var verdict).Should().BeTrue();
        verdict.Should().Be(ConnectionVerdict.Allowed);
        gatekeeper.InForce.Rules.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "rule", Mode = RuleMode.Off, IsInForce = false });
        gatekeeper.Policy.ToString().Should().Be("(none)");
    }

    [Fact]
    public void UnderModeReportOnly_ANamedRuleIsReportedToo()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new() { Mode = PolicyMode.ReportOnly, Rules = { ["rule"] = new() { Process = "a.exe" } } }));

        gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out var verdict).Should().BeTrue();

        verdict.ReportedRule.Should().Be("rule");
    }

    [Fact]
    public void AModeThatIsNone_IsNamedWithTheFix()
    {
        ConnectionPolicy.TryFromOptions(new() { Rules = { ["rule"] = new() { Process = "a.exe", Mode = (RuleMode)7 } } }, out _, out var errors).Should().BeFalse();

        errors.Should().Equal("Rules:rule:Mode is 7; write Enforce or ReportOnly or Off.");
    }
}
