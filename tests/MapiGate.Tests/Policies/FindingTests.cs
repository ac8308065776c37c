using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Policies;

public partial class FindingTests
{
    public static TheoryData<string, string, string> ProcessFindings => new()
    {
        { "MG1001", "a.exe; A.EXE", "on the list already" },
        { "MG1002", "\"a.exe\"", "Write a.exe" },
        { "MG1003", @"C:\Program Files\a.exe", "Write a.exe" },
        { "MG1003", @"C:\Temp\", "names no program" },
        { "MG1004", "outlook", "write outlook.exe" },
        { "MG1005", "a.exe, b.exe", "write a.exe; b.exe" },
        { "MG1006", "a\u200B.exe", "U+200B" },
        { "MG1006", "a\u00A0b.exe", "U+00A0" },
        { "MG1007", "\u0430dobe.exe", "U+0430" },
        { "MG1008", "*", "every program" },
        { "MG1008", "*.*", "every program" },
        { "MG1008", "*.EXE", "every program" },
        { "MG1009", "mfc*.exe; mfcmapi.exe", "\"mfc*.exe\" names it already" },
        { "MG1009", "mfc*; mfcm?pi*.exe", "\"mfc*\" names it already" },
        { "MG1015", "stor?.exe", "store.exe" },
    };

    public static TheoryData<string, string, string> VersionFindings => new()
    {
        { "MG1001", "11, 11", "what \"11\" says" },
        { "MG1009", "11, 11.0.5608.5606", "covers the other" },
        { "MG1010", "9-8", "lower version first" },
        { "MG1011", "8-10, 9-11", "overlaps \"8-10\"" },
        { "MG1012", "15.0.4569", "Three parts mean 15.0.0.4569. If 15.0.4569.x was meant, write 15.0.4569.0-15.0.4569.65535" },
    };

    [Theory]
    [MemberData(nameof(ProcessFindings))]
    public void AListOfProcesses_HasTheFinding(string code, string list, string message) =>
        Find(new MapiGateOptions { DisableMapiClientProcesses = list, OwnProcesses = { "store.exe" } })
            .Should().ContainSingle(finding => finding.Code == code && finding.Key == "DisableMapiClientProcesses" && finding.Message.Contains(message));

    [Theory]
    [MemberData(nameof(VersionFindings))]
    public void AListOfVersions_HasTheFinding(string code, string list, string message) =>
        Find(new MapiGateOptions { DisableMapiClients = list })
            .Should().ContainSingle(finding => finding.Code == code && finding.Key == "DisableMapiClients" && finding.Message.Contains(message));

    [Theory]
    [InlineData("MG1013", null, null)]
    [InlineData("MG1018", "backup.exe", null)]
    public void AnExemption_HasTheFinding(string code, string? process, string? user) =>
        Find(new MapiGateOptions { DisableMapiClientProcesses = "a.exe", Exemptions = { ["x"] = new() { Process = process, User = user, Reason = "r" } } })
            .Should().ContainSingle(finding => finding.Code == code && finding.Key == "Exemptions:x");

    [Theory]
    [InlineData("program1.exe; program2.exe; mfcmapi*.exe", "11.0.5608.5606, 8-9, -7, 15.0.4569.1503-, 12")]
    [InlineData("mfc*.exe; *mapi.exe; Почта.exe; d.com; x*", "11.5608.5606")]
    public void WhatIsWrittenAsItShould_HasNoFinding(string processes, string versions) =>
        Find(new MapiGateOptions
        {
            DisableMapiClientProcesses = processes,
            ReportOnly = { DisableMapiClients = versions },
            Exemptions = { ["x"] = new() { Process = processes.Split(';')[0], User = "svc" }, ["y"] = new() { User = "svc2" } },
        }).Should().BeEmpty();

    [Fact]
    public void ARuleOnlyReported_HasItsFindingsUnderItsOwnKey() =>
        Find(new MapiGateOptions { ReportOnly = { DisableMapiClientProcesses = "*" } }).Should().ContainSingle().Which.Key.Should().Be("ReportOnly:DisableMapiClientProcesses");

    [Fact]
    public void Needless_IsNeverSaidWrongly() => Property.Holds(
        from wide in Property.Text("ab?*", 5)
        from narrow in Property.Text("ab?*", 5)
        from name in Property.Text("ab", 8)
        select (wide: wide + "*x", narrow: narrow + "x", name: name + "x"),
        sample => Find(new MapiGateOptions { DisableMapiClientProcesses = $"{sample.wide};{sample.narrow}" }).All(finding =>
            finding.Code != "MG1009" || finding.Entry != sample.narrow
            || !ProcessBlocklist.Parse(sample.narrow).IsBlocked(sample.name) || ProcessBlocklist.Parse(sample.wide).IsBlocked(sample.name)),
        tests: 20_000);

    [Fact]
    public async Task Findings_AreLoggedWhenThePolicyComesIntoForce_AndReadFromTheGatekeeper()
    {
        var log = new RecordingLogger();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: log.For<Gatekeeper>());

        gatekeeper.Apply(Gate.Blocking("a.exe, b.exe"));

        gatekeeper.Findings.Should().ContainSingle().Which.Code.Should().Be("MG1005");
        (await log.WaitForAsync("FindingInPolicy")).Message
            .Should().StartWith("Policy finding: MG1005 DisableMapiClientProcesses \"a.exe, b.exe\":");
    }

    [Fact]
    public void TheDocument_ListsEveryCode_WithAnExampleThatHasIt()
    {
        var rows = DocumentRow().Matches(File.ReadAllText(Path.Combine("docs", "findings.md")))
            .ToDictionary(row => row.Groups["code"].Value, row => (Key: row.Groups["key"].Value, Example: row.Groups["example"].Value));

        rows.Keys.Should().BeEquivalentTo(Enumerable.Range(1001, 22).Select(number => $"MG{number}"));
        foreach (var (code, row) in rows)
        {
            var found = row.Key switch
            {
                "DisableMapiClientProcesses" => Find(new MapiGateOptions { DisableMapiClientProcesses = row.Example, OwnProcesses = { "store.exe" } }),
                "DisableMapiClients" => Find(new MapiGateOptions { DisableMapiClients = row.Example }),
                "IPolicySource" => FindIn(new ConfigurationBuilder().Add(new RemarkingSource())),
                "two sources" => FindInTwoSources(row.Example),
                _ => FindInJson($$"""{ "MapiGate": { "DisableMapiClientProcesses": "a.exe", {{row.Example}} } }"""),
            };
            found.Should().Contain(finding => finding.Code == code, "{0} is its example", row.Example);
        }
    }

    [GeneratedRegex(@"^\| (?<code>MG\d{4}) \| `?(?<key>[^`|]+?)`? \| `(?<example>[^|]+)` [^|]*\|", RegexOptions.Multiline)]
    private static partial Regex DocumentRow();

    private static IReadOnlyList<PolicyFinding> Find(MapiGateOptions options) => new Gatekeeper(ConnectionPolicy.FromOptions(options)).Findings;

    private static IReadOnlyList<PolicyFinding> FindInJson(string json)
    {
        using var services = Json.Services(json);
        return services.Gatekeeper().Findings;
    }

    private static IReadOnlyList<PolicyFinding> FindInTwoSources(string example)
    {
        var builder = new ConfigurationBuilder();
        foreach (var source in example.Split("` in one, `"))
        {
            builder.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "MapiGate": { {{source}} } }""")));
        }

        return FindIn(builder);
    }

    private static IReadOnlyList<PolicyFinding> FindIn(IConfigurationBuilder builder)
    {
        using var services = new ServiceCollection().AddMapiGate(builder.Build()).Services.BuildServiceProvider();
        return services.Gatekeeper().Findings;
    }

    private sealed class RemarkingSource : ConfigurationProvider, IConfigurationSource, IPolicySource
    {
        public string? Error => null;

        public IReadOnlyList<string> Notes => ["The value is a REG_MULTI_SZ; its lines were taken as entries."];

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
    }
}
