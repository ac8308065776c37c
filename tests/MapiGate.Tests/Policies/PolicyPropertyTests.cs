using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Policies;

/// <summary>What must hold for whatever an administrator writes and whoever comes.</summary>
public class PolicyPropertyTests
{
    private static readonly DateTimeOffset Now = new FakeTimeProvider().GetUtcNow();

    [Fact]
    public void Explain_TheRuleThatDecides_IsTheVerdicts() => Property.Holds(
        from options in Policies
        from client in Clients
        select (options, client),
        sample =>
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(sample.options), new FakeTimeProvider());
            var explanation = gatekeeper.Explain(sample.client);
            var verdict = gatekeeper.Policy.Evaluate(sample.client);
            var rules = explanation.Steps.Where(step => step is { Decides: true, Kind: PolicyStepKind.Rule or PolicyStepKind.ReportedRule }).ToList();
            var exemptions = explanation.Steps.Where(step => step is { Decides: true, Kind: PolicyStepKind.Exemption or PolicyStepKind.OwnProcess }).ToList();
            return explanation.Verdict == verdict
                && explanation.Steps.All(step => step.Applies || !step.Decides)
                && rules.Select(step => step.Name).Distinct().SequenceEqual(new[] { verdict.Rule ?? verdict.ReportedRule }.OfType<string>())
                && exemptions.Count > 0 == (verdict.Exemption is not null);
        });

    [Fact]
    public void Preview_NamesExactlyTheSessionsThatApplyDisconnects() => Property.Holds(
        from options in Policies
        from clients in Property.Several(Clients, 20)
        select (options, clients),
        sample =>
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, new FakeTimeProvider());
            var sessions = sample.clients.Select(client => { gatekeeper.TryLogon(client, out var session, out _); return session!; }).ToList();
            var policy = ConnectionPolicy.FromOptions(sample.options);
            var preview = gatekeeper.Preview(policy);
            var untouched = sessions.TrueForAll(session => !session.IsDisconnected);
            var receipt = gatekeeper.Apply(policy);
            return untouched
                && preview.Disconnected.Select(session => session.Id).ToHashSet().SetEquals(sessions.Where(session => session.IsDisconnected).Select(session => session.Id))
                && preview.Disconnected.Count == receipt.Disconnected
                && preview.ByRule.Values.Sum() == receipt.Disconnected
                && preview.ByProgram.Values.Sum() == receipt.Disconnected
                && preview.Remaining == gatekeeper.Sessions.Count
                && preview.ByRule.All(rule => sessions.Count(session => session.Verdict.Rule == rule.Key) == rule.Value);
        });

    [Fact]
    public void JudgedByProgram_TheVerdictIsEveryClients() => Property.Holds(
        from options in Policies
        from client in Clients
        from user in Users
        select (options, client, user),
        sample =>
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
            gatekeeper.TryLogon(sample.client, out var one, out _);
            gatekeeper.TryLogon(sample.client with { UserName = sample.user }, out var two, out _);
            var policy = ConnectionPolicy.FromOptions(sample.options);
            gatekeeper.Apply(policy);
            return one!.IsDisconnected == !gatekeeper.Policy.Evaluate(one.Client).IsAllowed
                && two!.IsDisconnected == !gatekeeper.Policy.Evaluate(two.Client).IsAllowed;
        });

    private static Gen<string?> Users => Gen.Elements<string?>("jane", "svc", null);

    private static Gen<string> Entries => Gen.Elements("a.exe", "A.EXE", "b.exe", "*.exe", "a*", "?.exe", "c", "\"b.exe\"", @"C:\x\a.exe", "");

    private static Gen<string> VersionEntries => Gen.Elements("11", "12.0.1.1", "-11", "12-", "11-12", "9-8");

    private static Gen<MapiClient> Clients =>
        from names in Property.Several(Gen.Elements("a.exe", "B.exe", "c", "", @"C:\y\b.exe", "store.exe"), 2)
        from version in Gen.Elements<Version?>(new(11, 0, 0, 0), new(12, 0, 1, 1), new(16, 0, 15928, 20006), null)
        from user in Users
        select new MapiClient { ProcessNames = names, Version = version, UserName = user };

    private static Gen<MapiGateOptions> Policies =>
        from processes in Property.Several(Entries, 3)
        from versions in Property.Several(VersionEntries, 2)
        from reportedProcesses in Property.Several(Entries, 2)
        from reportedVersions in Property.Several(VersionEntries, 1)
        from exemptions in Property.Several(Exemptions, 2)
        from admissions in Gen.ArrayOf(Gen.Elements(ClientAdmission.Allow, ClientAdmission.Allow, ClientAdmission.Deny), 2)
        from mode in Gen.Elements(PolicyMode.Enforce, PolicyMode.Enforce, PolicyMode.ReportOnly)
        from own in Property.Several(Gen.Constant("store.exe"), 1)
        select Options(processes, versions, reportedProcesses, reportedVersions, exemptions, admissions, mode, own);

    private static Gen<ExemptionOptions> Exemptions =>
        from process in Gen.Elements<string?>(null, "a.exe", "b*")
        from user in Users
        from until in Gen.Elements<DateTimeOffset?>(null, Now - TimeSpan.FromDays(1), Now + TimeSpan.FromDays(10_000))
        select new ExemptionOptions { Process = process, User = user, Until = until };

    private static MapiGateOptions Options(
        string[] processes, string[] versions, string[] reportedProcesses, string[] reportedVersions, ExemptionOptions[] exemptions, ClientAdmission[] admissions, PolicyMode mode, string[] own)
    {
        var options = new MapiGateOptions
        {
            DisableMapiClientProcesses = string.Join(';', processes),
            DisableMapiClients = string.Join(',', versions),
            ReportOnly = { DisableMapiClientProcesses = string.Join(';', reportedProcesses), DisableMapiClients = string.Join(',', reportedVersions) },
            ClientsWithoutProcessName = admissions[0],
            ClientsWithoutVersion = admissions[1],
            Mode = mode,
        };
        foreach (var (index, exemption) in exemptions.Index())
        {
            options.Exemptions.Add($"exemption-{index}", exemption);
        }

        own.ToList().ForEach(options.OwnProcesses.Add);
        return options;
    }
}
