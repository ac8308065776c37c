using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Policies;

/// <summary>What is odd about a named rule or exemption.</summary>
public class RuleFindingTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void ARuleThatStatesNothing_IsMG1019_UnderItsName()
    {
        var finding = Find(Rule(new() { Process = " ", Reason = "INC-1", From = _clock.GetUtcNow() })).Should().ContainSingle().Which;

        (finding.Code, finding.Key, finding.Entry).Should().Be(("MG1019", "Rules:rule", "rule"));
        finding.Message.Should().Contain("denies nobody").And.Contain("Process, Version, Mailbox, User or Address");
    }

    [Theory]
    [InlineData("Process")]
    [InlineData("Version")]
    [InlineData("Mailbox")]
    [InlineData("User")]
    [InlineData("Address")]
    public void ARuleThatStatesAnyCondition_IsNoFinding(string condition)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"MapiGate:Rules:rule:{condition}", condition switch
        {
            "Version" => "11",
            "Address" => "10.0.0.0/8",
            _ => "a.exe",
        })]).Build();
        using var container = new FollowedContainer(configuration);

        container.Gatekeeper.Findings.Should().BeEmpty();
    }

    [Fact]
    public void ARuleThatHasRunOut_IsMG1020_FromItsEndOn()
    {
        var gatekeeper = new Gatekeeper(Rule(new() { Process = "a.exe", Until = _clock.GetUtcNow() + TimeSpan.FromHours(1) }), _clock);
        gatekeeper.Findings.Should().BeEmpty();

        _clock.Advance(TimeSpan.FromHours(1));

        gatekeeper.Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "MG1020", Key = "Rules:rule", Entry = "rule" });
    }

    [Fact]
    public async Task ARuleThatRunsOut_IsLoggedThen()
    {
        var log = new RecordingLogger();
        _ = new Gatekeeper(Rule(new() { Process = "a.exe", Until = _clock.GetUtcNow() + TimeSpan.FromHours(1) }), _clock, log.For<Gatekeeper>());

        _clock.Advance(TimeSpan.FromHours(1));

        (await log.WaitForAsync("FindingInPolicy")).Message.Should().StartWith("Policy finding: MG1020 Rules:rule \"rule\": It has run out");
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    [InlineData(-1, -2)]
    public void WhatEndsBeforeItBegins_IsMG1021_AndNothingElse(int from, int until)
    {
        var (begins, ends) = (_clock.GetUtcNow() + TimeSpan.FromHours(from), _clock.GetUtcNow() + TimeSpan.FromHours(until));

        Find(Rule(new() { Process = "a.exe", From = begins, Until = ends })).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "MG1021", Key = "Rules:rule" });
        Find(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", Exemptions = { ["svc"] = new() { User = "svc", From = begins, Until = ends } } }))
            .Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "MG1021", Key = "Exemptions:svc" });
    }

    [Fact]
    public void ARuleWhosePartsComeFromTwoSources_IsMG1022_AndNamesBoth()
    {
        var finding = FindIn(Memory(("Rules:rule:Process", "a.exe")), new SignallingSource(), Memory(("rules:RULE:Version", "-11"))).Should().ContainSingle().Which;

        finding.Code.Should().Be("MG1022");
        finding.Key.Should().BeEquivalentTo("Rules:rule");
        finding.Entry.Should().Be("MemoryConfigurationProvider and MemoryConfigurationProvider");
    }

    [Fact]
    public void AnExemptionWhosePartsComeFromTwoSources_IsMG1022() =>
        FindIn(Memory(("DisableMapiClientProcesses", "a.exe"), ("Exemptions:svc:User", "svc")), Memory(("Exemptions:svc:Process", "a.exe")))
            .Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "MG1022", Key = "Exemptions:svc" });

    [Fact]
    public void TwoRulesOfTwoSources_AndOneThatAnotherSourceWritesWholly_AreNoFinding() =>
        FindIn(
            Memory(("Rules:one:Process", "a.exe"), ("Rules:two:Process", "b.exe"), ("DisableMapiClients", "11")),
            Memory(("Rules:three:Process", "c.exe"), ("Rules:two:Process", "d.exe"), ("DisableMapiClientProcesses", "e.exe"))).Should().BeEmpty();

    [Theory]
    [InlineData("a.exe, b.exe", "MG1005")]
    [InlineData("a.exe; A.EXE", "MG1001")]
    [InlineData("store.exe", "MG1015")]
    [InlineData("*", "MG1008")]
    public void ARulesProcesses_AreReadAsTheListIs(string processes, string code) =>
        Find(ConnectionPolicy.FromOptions(new() { OwnProcesses = { "store.exe" }, Rules = { ["rule"] = new() { Process = processes } } }))
            .Should().Contain(finding => finding.Code == code && finding.Key == "Rules:rule:Process");

    [Fact]
    public void ARulesVersions_AreReadAsTheListIs() =>
        Find(Rule(new() { Version = "9-8" })).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "MG1010", Key = "Rules:rule:Version" });

    private static IConnectionPolicy Rule(RuleOptions rule) => Gate.Denying(rule);

    private static IReadOnlyList<PolicyFinding> FindIn(params IConfigurationSource[] sources)
    {
        var builder = new ConfigurationBuilder();
        Array.ForEach(sources, source => builder.Add(source));
        using var container = new FollowedContainer(builder.Build());
        return container.Gatekeeper.Findings;
    }

    private static MemoryConfigurationSource Memory(params (string Key, string Value)[] values) =>
        new()
        {
            InitialData = values.Select(value => new KeyValuePair<string, string?>($"MapiGate:{value.Key}", value.Value)),
        };

    private IReadOnlyList<PolicyFinding> Find(IConnectionPolicy policy) => new Gatekeeper(policy, _clock).Findings;
}
