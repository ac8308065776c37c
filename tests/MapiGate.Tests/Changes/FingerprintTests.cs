using System.Text.RegularExpressions;
using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;

namespace MapiGate.Tests.Changes;

/// <summary>InForce.Fingerprint names what was written: on every host, at every time, from every source alike.</summary>
public partial class FingerprintTests
{
    /// <summary>Each says something else than the first of all does.</summary>
    public static TheoryData<string, Action<MapiGateOptions>> Differences => new()
    {
        { "another program", options => options.DisableMapiClientProcesses = "c.exe" },
        { "another version", options => options.DisableMapiClients = "12" },
        { "another key", options => (options.DisableMapiClients, options.ReportOnly.DisableMapiClients) = (null, options.DisableMapiClients) },
        { "what becomes of the nameless", options => options.ClientsWithoutProcessName = ClientAdmission.Deny },
        { "what becomes of the versionless", options => options.ClientsWithoutVersion = ClientAdmission.Deny },
        { "the mode", options => options.Mode = PolicyMode.ReportOnly },
        { "a program only reported", options => options.ReportOnly.DisableMapiClientProcesses = "c.exe" },
        { "another rule", options => options.Rules["more"] = new() { Process = "c.exe" } },
        { "the rule's name", options => Rename(options.Rules, "old", "older") },
        { "the rule's program", options => options.Rules["old"].Process = "c.exe" },
        { "the rule's version", options => options.Rules["old"].Version = "12" },
        { "the rule's mailbox", options => options.Rules["old"].Mailbox = "john" },
        { "the rule's user", options => options.Rules["old"].User = "john" },
        { "the rule's address", options => options.Rules["old"].Address = "10.2.0.0/16" },
        { "when the rule begins", options => options.Rules["old"].From += TimeSpan.FromTicks(1) },
        { "when the rule ends", options => options.Rules["old"].Until = null },
        { "what the help desk says", options => options.Rules["old"].Message = "call 4711." },
        { "why", options => options.Rules["old"].Reason = null },
        { "why, and what the help desk says, the other way round", options => (options.Rules["old"].Reason, options.Rules["old"].Message) = (options.Rules["old"].Message, options.Rules["old"].Reason) },
        { "the rule's mode", options => options.Rules["old"].Mode = RuleMode.Off },
        { "mailbox and user, the other way round", options => (options.Rules["old"].Mailbox, options.Rules["old"].User) = ("corp\\jane", "jane") },
        { "the exemption's name", options => Rename(options.Exemptions, "svc", "service") },
        { "the exemption's user", options => options.Exemptions["svc"].User = "svc2" },
        { "when the exemption ends", options => options.Exemptions["svc"].Until += TimeSpan.FromTicks(1) },
        { "an exemption in place of a rule", options => options.Rules.Remove("old") },
    };

    /// <summary>Each says the same as the first of all, in other words.</summary>
    public static TheoryData<string, Action<MapiGateOptions>> Spellings => new()
    {
        { "the order and the case of programs", options => options.DisableMapiClientProcesses = "B.EXE;;a.exe; A.exe" },
        { "the order and the spacing of versions", options => options.DisableMapiClients = " -7;8 - 9" },
        { "a path and quotes", options => options.DisableMapiClientProcesses = @"""C:\x\a.exe""; b.exe" },
        { "the case of a rule's name", options => Rename(options.Rules, "old", "OLD") },
        { "the case of a rule's conditions", options => (options.Rules["old"].Process, options.Rules["old"].Mailbox, options.Rules["old"].User) = ("outlook.exe", "JANE", "corp\\JANE") },
        { "an address dressed as one of the other family", options => options.Rules["old"].Address = "::ffff:10.1.0.0/112" },
        { "white space", options => (options.Rules["old"].Mailbox, options.Rules["old"].Message) = (" jane ", " Call 4711. ") },
        { "a moment in another zone", options => options.Rules["old"].From = options.Rules["old"].From!.Value.ToOffset(TimeSpan.FromHours(5)) },
        { "blank in place of nothing", options => options.Exemptions["svc"].Process = " " },
        { "the host's own programs", options => options.OwnProcesses.Add("store.exe") },
        { "the fuse", options => (options.MaxDisconnects, options.MaxDisconnectPercent) = (7, 50) },
        { "a confirmation", options => options.ConfirmChange = "0123456789abcdef0123456789abcdef" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void WhatSaysSomethingElse_HasAnother(string what, Action<MapiGateOptions> change) =>
        Of(Written(change)).Should().NotBe(Of(Written()), what);

    [Theory]
    [MemberData(nameof(Spellings))]
    public void WhatSaysTheSame_HasTheSame(string what, Action<MapiGateOptions> change) =>
        Of(Written(change)).Should().Be(Of(Written()), what);

    [Fact]
    public void AnyTwoDifferences_HaveTwo() =>
        Differences.Select(row => Of(Written((Action<MapiGateOptions>)row[1]))).Should().OnlyHaveUniqueItems();

    [Fact]
    public void OneTextUnderAnotherKey_HasAnother()
    {
        // A range whose text is its own canonical form: nothing but the key tells the two apart.
        const string text = "11.0.5608.5606-11.0.5608.5607";

        Of(new() { DisableMapiClientProcesses = text }).Should().NotBe(Of(new() { DisableMapiClients = text }));
        Of(new() { ReportOnly = { DisableMapiClientProcesses = text } }).Should().NotBe(Of(new() { ReportOnly = { DisableMapiClients = text } }));
        Of(new() { DisableMapiClientProcesses = text }).Should().NotBe(Of(new() { ReportOnly = { DisableMapiClientProcesses = text } }));
    }

    [Fact]
    public void TheOrderInWhichRulesAreWritten_IsNothingToIt()
    {
        var one = new MapiGateOptions { Rules = { ["a"] = new() { Process = "a.exe" }, ["b"] = new() { User = "b" } }, Exemptions = { ["c"] = new() { User = "c" }, ["d"] = new() { Process = "d.exe" } } };
        var other = new MapiGateOptions { Exemptions = { ["d"] = new() { Process = "d.exe" }, ["c"] = new() { User = "c" } }, Rules = { ["b"] = new() { User = "b" }, ["a"] = new() { Process = "a.exe" } } };

        Of(one).Should().Be(Of(other));
    }

    [Fact]
    public void TheSourceIsNothingToIt()
    {
        var file = new MemoryFile("""{ "MapiGate": { "Rules": { "old": { "Process": "a.exe" } }, "DisableMapiClients": "11" } }""");
        using var fromFile = new FollowedContainer(file.Root());
        using var fromMemory = new FollowedContainer(new ConfigurationBuilder().AddInMemoryCollection([new("MapiGate:DisableMapiClients", "11"), new("MapiGate:Rules:old:Process", "a.exe")]).Build());
        var inCode = new Gatekeeper(ConnectionPolicy.FromOptions(new() { Rules = { ["old"] = new() { Process = "a.exe" } }, DisableMapiClients = "11" }));

        fromFile.Gatekeeper.InForce.Fingerprint.Should().Be(inCode.InForce.Fingerprint);
        fromMemory.Gatekeeper.InForce.Fingerprint.Should().Be(inCode.InForce.Fingerprint);
    }

    [Fact]
    public void ItIsOf128Bits_AndKnowsNeitherHostNorTime_WhereTheEffectiveOneKnowsBoth()
    {
        var clock = new SteppedClock();
        var one = new Gatekeeper(ConnectionPolicy.FromOptions(Written(options => options.OwnProcesses.Add("store.exe"))), clock);
        var other = new Gatekeeper(ConnectionPolicy.FromOptions(Written(options => options.OwnProcesses.Add("gateway.exe"))), clock);
        var (written, effective) = (one.InForce.Fingerprint, one.InForce.EffectiveFingerprint);

        written.Should().MatchRegex(ThirtyTwoDigits());
        effective.Should().MatchRegex(ThirtyTwoDigits()).And.NotBe(written);
        other.InForce.Fingerprint.Should().Be(written);
        other.InForce.EffectiveFingerprint.Should().NotBe(effective, "its own programs are others");

        clock.Advance(TimeSpan.FromHours(1));
        one.InForce.Fingerprint.Should().Be(written, "nobody wrote anything");
        var begun = one.InForce.EffectiveFingerprint;
        begun.Should().NotBe(effective, "a rule has begun");
        clock.Advance(TimeSpan.FromHours(1));
        one.InForce.Fingerprint.Should().Be(written);
        one.InForce.EffectiveFingerprint.Should().NotBe(begun, "a rule and an exemption have ended");
    }

    [Fact]
    public void OfAPolicyNotMadeOfRules_ItIsEmpty() => new Gatekeeper(Gate.Judging(_ => false)).InForce.Fingerprint.Should().BeEmpty();

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex ThirtyTwoDigits();

    private static string Of(MapiGateOptions options) => new Gatekeeper(ConnectionPolicy.FromOptions(options)).InForce.Fingerprint;

    private static MapiGateOptions Written(Action<MapiGateOptions>? change = null)
    {
        var options = new MapiGateOptions
        {
            DisableMapiClientProcesses = "a.exe; b.exe",
            DisableMapiClients = "8-9, -7",
            Rules =
            {
                ["old"] = new()
                {
                    Process = "OUTLOOK.EXE",
                    Version = "-16",
                    Mailbox = "jane",
                    User = @"CORP\jane",
                    Address = "10.1.0.0/16",
                    From = SteppedClock.Start + TimeSpan.FromHours(1),
                    Until = SteppedClock.Start + TimeSpan.FromHours(2),
                    Message = "Call 4711.",
                    Reason = "INC-1",
                },
            },
            Exemptions = { ["svc"] = new() { User = "svc", Until = SteppedClock.Start + TimeSpan.FromHours(2) } },
        };
        change?.Invoke(options);
        return options;
    }

    private static void Rename<T>(IDictionary<string, T> entries, string name, string other)
    {
        var entry = entries[name];
        entries.Remove(name);
        entries[other] = entry;
    }
}
