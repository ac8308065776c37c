using System.Net;

namespace MapiGate.Tests.Rules;

/// <summary>A named rule denies whoever meets all that it states, and nobody else.</summary>
public class NamedRuleTests
{
    private static readonly MapiClient Jane = new()
    {
        ProcessNames = [@"C:\Office\OUTLOOK.EXE"],
        Version = new Version(16, 0, 15927, 20006),
        UserDn = "/o=Corp/ou=First Administrative Group/cn=Recipients/cn=jane",
        UserName = @"CORP\jane",
        RemoteAddress = IPAddress.Parse("10.1.2.3"),
    };

    /// <summary>A condition of each kind that Jane meets.</summary>
    public static TheoryData<string, string> Conditions => new()
    {
        { nameof(RuleOptions.Process), "outlook.exe" },
        { nameof(RuleOptions.Version), "-16.0.15927.65535" },
        { nameof(RuleOptions.Mailbox), "jane" },
        { nameof(RuleOptions.User), @"corp\jane" },
        { nameof(RuleOptions.Address), "10.1.0.0/16" },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void TryLogon_ARuleOfOneCondition_RefusesWhoMeetsIt_ByItsName_AndNobodyElse(string condition, string text)
    {
        var gatekeeper = new Gatekeeper(Gate.Denying(With(new RuleOptions(), condition, text)));

        gatekeeper.TryLogon(Jane, out _, out var verdict).Should().BeFalse();
        verdict.Rule.Should().Be("rule");
        gatekeeper.TryLogon(Other(condition), out _, out _).Should().BeTrue();
        gatekeeper.TryLogon(Silent(condition), out _, out _).Should().BeTrue("what is not known of a client is not met");
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Apply_ARuleOfOneCondition_CutsWhoMeetsIt_AndNobodyElse(string condition, string text)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var (jane, other, silent) = (LogOn(gatekeeper, Jane), LogOn(gatekeeper, Other(condition)), LogOn(gatekeeper, Silent(condition)));

        gatekeeper.Apply(Gate.Denying(With(new RuleOptions(), condition, text))).Disconnected.Should().Be(1);

        jane.Verdict.Rule.Should().Be("rule");
        other.IsDisconnected.Should().BeFalse();
        silent.IsDisconnected.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void ARuleOfAllConditions_DeniesOnlyWhoMeetsEach(string condition, string text)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var all = Conditions.Aggregate(new RuleOptions(), (rule, row) => With(rule, (string)row[0], (string)row[1]));
        var (jane, other, silent) = (LogOn(gatekeeper, Jane), LogOn(gatekeeper, Other(condition)), LogOn(gatekeeper, Silent(condition)));

        gatekeeper.Apply(Gate.Denying(all)).Disconnected.Should().Be(1, $"the others do not meet {condition} {text}");

        jane.IsDisconnected.Should().BeTrue();
        other.IsDisconnected.Should().BeFalse();
        silent.IsDisconnected.Should().BeFalse();
    }

    [Theory]
    [InlineData("OUTLOOK.EXE", "16.0.15927.20006", true)]
    [InlineData("OUTLOOK.EXE", "16.0.15928.1", false)]
    [InlineData("other.exe", "16.0.15927.20006", false)]
    public void ARuleOfProgramAndVersion_IsOneRule(string process, string version, bool denied) =>
        Gate.Denying(new() { Process = "OUTLOOK.EXE", Version = "-16.0.15927.65535" })
            .Evaluate(new MapiClient { ProcessNames = [process], Version = Version.Parse(version) }).IsAllowed.Should().Be(!denied);

    [Theory]
    [InlineData("outlook.exe; mfcmapi*.exe", "MFCMapi64.exe", true)]
    [InlineData("outlook.exe; mfcmapi*.exe", "/opt/outlook.exe", true)]
    [InlineData("outlook.exe; mfcmapi*.exe", "outlook.exe.bak", false)]
    [InlineData(@"""C:\x\out?ook.exe"";;", "OUTLOOK.EXE", true)]
    [InlineData("Почта*", "ПОЧТА-клиент.exe", true)]
    [InlineData("*", "", false)]
    public void Process_IsAList_AsTheOtherIs(string list, string process, bool denied) =>
        Gate.Denying(new() { Process = list }).Evaluate(Gate.Client(process)).IsAllowed.Should().Be(!denied);

    [Theory]
    [InlineData("16", "16.9.9.9", true)]
    [InlineData("16", "17.0.0.0", false)]
    [InlineData("9, 11.5608.5606; -4", "11.0.5608.5606", true)]
    [InlineData("9, 11.5608.5606; -4", "3.0.0.0", true)]
    [InlineData("9, 11.5608.5606; -4", "5.0.0.0", false)]
    [InlineData("15.0.4569.1503-", "15.0.4569.1502", false)]
    [InlineData("15.0.4569.1503-", "16.0.0.0", true)]
    public void Version_HasTheGrammarOfTheList(string versions, string version, bool denied) =>
        Gate.Denying(new() { Version = versions }).Evaluate(new MapiClient { Version = Version.Parse(version) }).IsAllowed.Should().Be(!denied);

    [Fact]
    public void AClientOfSeveralNames_MeetsTheRuleByAnyOfThem()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = LogOn(gatekeeper, new MapiClient { ProcessNames = ["good.exe", "", "evil.exe"] });

        gatekeeper.Apply(Gate.Denying(new() { Process = "evil.exe" })).Disconnected.Should().Be(1);

        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void OfSeveralRules_EachDeniesItsOwn()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var sessions = new[] { gatekeeper.Logon("a.exe"), gatekeeper.Logon("b.exe", "john"), gatekeeper.Logon("b.exe", "jane"), gatekeeper.Logon("c.exe") };

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new()
        {
            DisableMapiClientProcesses = "a.exe",
            Rules = { ["b-of-jane"] = new() { Process = "b.exe", User = "jane" }, ["c"] = new() { Process = "c.exe" } },
        }));

        sessions.Select(session => session.Verdict.Rule).Should().Equal("a.exe", null, "b-of-jane", "c");
    }

    [Fact]
    public void ARuleThatStatesNothing_DeniesNobody() =>
        Gate.Denying(new() { Process = " ", User = "", Message = "Call 4711." }).Evaluate(Jane).IsAllowed.Should().BeTrue();

    [Fact]
    public void NamesThatDifferInCaseAlone_AreOneRule()
    {
        var options = new MapiGateOptions { Rules = { ["old"] = new() { Process = "a.exe" } } };

        options.Rules["OLD"] = new() { Process = "b.exe" };

        options.Rules.Should().ContainSingle();
        ConnectionPolicy.FromOptions(options).Evaluate(Gate.Client("a.exe")).IsAllowed.Should().BeTrue();
    }

    private static RuleOptions With(RuleOptions rule, string condition, string text)
    {
        switch (condition)
        {
            case nameof(RuleOptions.Process): rule.Process = text; break;
            case nameof(RuleOptions.Version): rule.Version = text; break;
            case nameof(RuleOptions.Mailbox): rule.Mailbox = text; break;
            case nameof(RuleOptions.User): rule.User = text; break;
            default: rule.Address = text; break;
        }

        return rule;
    }

    /// <summary>Jane but for one thing, which is another's.</summary>
    private static MapiClient Other(string condition) => condition switch
    {
        nameof(RuleOptions.Process) => Jane with { ProcessNames = ["winword.exe"] },
        nameof(RuleOptions.Version) => Jane with { Version = new Version(16, 0, 15928, 0) },
        nameof(RuleOptions.Mailbox) => Jane with { UserDn = "/o=Corp/cn=Recipients/cn=janedow" },
        nameof(RuleOptions.User) => Jane with { UserName = @"CORP\john" },
        _ => Jane with { RemoteAddress = IPAddress.Parse("10.2.2.3") },
    };

    /// <summary>Jane but for one thing, which she does not say.</summary>
    private static MapiClient Silent(string condition) => condition switch
    {
        nameof(RuleOptions.Process) => Jane with { ProcessNames = [] },
        nameof(RuleOptions.Version) => Jane with { Version = null },
        nameof(RuleOptions.Mailbox) => Jane with { UserDn = null },
        nameof(RuleOptions.User) => Jane with { UserName = null },
        _ => Jane with { RemoteAddress = null },
    };

    private static MapiSession LogOn(Gatekeeper gatekeeper, MapiClient client)
    {
        gatekeeper.TryLogon(client, out var session, out _).Should().BeTrue();
        return session!;
    }
}
