using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Policies;

/// <summary>What is in force, as data: everything that was written, each with what it says.</summary>
public class PolicyInForceTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Rules_HasEverythingThatWasWritten()
    {
        var now = _clock.GetUtcNow();
        var gatekeeper = new Gatekeeper(
            ConnectionPolicy.FromOptions(new()
            {
                DisableMapiClientProcesses = "a.exe; b*.exe",
                DisableMapiClients = "11, -7",
                ClientsWithoutProcessName = ClientAdmission.Deny,
                ClientsWithoutVersion = ClientAdmission.Deny,
                Mode = PolicyMode.ReportOnly,
                OwnProcesses = { "store.exe" },
                Rules =
                {
                    ["old"] = new()
                    {
                        Process = "OUTLOOK.EXE", Version = "-16", Mailbox = "jane", User = @"CORP\jane", Address = "10.1.0.0/16",
                        From = now, Until = now + TimeSpan.FromHours(1), Message = "Call 4711.", Reason = "INC-1",
                    },
                },
                Exemptions = { ["svc"] = new() { User = "svc", Reason = "backup" } },
                ReportOnly = { DisableMapiClientProcesses = "c.exe", DisableMapiClients = "12" },
            }),
            _clock);

        gatekeeper.InForce.Rules.Select(rule => (rule.Kind, rule.Key, rule.Name, rule.Mode, rule.IsInForce)).Should().BeEquivalentTo(
        [
            (PolicyRuleKind.Admission, "Mode", "Mode", RuleMode.ReportOnly, true),
            (PolicyRuleKind.ListEntry, "DisableMapiClientProcesses", "a.exe", RuleMode.Enforce, true),
            (PolicyRuleKind.ListEntry, "DisableMapiClientProcesses", "b*.exe", RuleMode.Enforce, true),
            (PolicyRuleKind.ListEntry, "DisableMapiClients", "11", RuleMode.Enforce, true),
            (PolicyRuleKind.ListEntry, "DisableMapiClients", "-7", RuleMode.Enforce, true),
            (PolicyRuleKind.Admission, "ClientsWithoutProcessName", "ClientsWithoutProcessName = Deny", RuleMode.Enforce, true),
            (PolicyRuleKind.Admission, "ClientsWithoutVersion", "ClientsWithoutVersion = Deny", RuleMode.Enforce, true),
            (PolicyRuleKind.Rule, "Rules:old", "old", RuleMode.Enforce, true),
            (PolicyRuleKind.OwnProcess, "OwnProcesses", "store.exe", RuleMode.Enforce, true),
            (PolicyRuleKind.Exemption, "Exemptions:svc", "svc", RuleMode.Enforce, true),
            (PolicyRuleKind.ListEntry, "ReportOnly:DisableMapiClientProcesses", "c.exe", RuleMode.ReportOnly, true),
            (PolicyRuleKind.ListEntry, "ReportOnly:DisableMapiClients", "12", RuleMode.ReportOnly, true),
        ]);
        gatekeeper.InForce.Rules.Single(rule => rule.Name == "old").Should().BeEquivalentTo(new
        {
            Text = @"rule old (Process OUTLOOK.EXE, Version -16, Mailbox jane, User CORP\jane, Address 10.1.0.0/16, from 2026-01-01T00:00:00Z, until 2026-01-01T01:00:00Z, because INC-1)",
            Source = (string?)null,
            Process = "OUTLOOK.EXE",
            Version = "-16",
            Mailbox = "jane",
            User = @"CORP\jane",
            Address = "10.1.0.0/16",
            From = now,
            Until = now + TimeSpan.FromHours(1),
            Message = "Call 4711.",
            Reason = "INC-1",
        });
    }

    [Fact]
    public void Rules_ThatAreNotInForceAreThereToo_AndSaySo()
    {
        var now = _clock.GetUtcNow();
        var gatekeeper = new Gatekeeper(
            ConnectionPolicy.FromOptions(new()
            {
                DisableMapiClientProcesses = "b.exe",
                Rules =
                {
                    ["later"] = new() { Process = "a.exe", From = now + TimeSpan.FromHours(1) },
                    ["now"] = new() { Process = "a.exe" },
                    ["over"] = new() { Process = "a.exe", Until = now },
                },
                Exemptions = { ["over"] = new() { User = "svc", Until = now } },
            }),
            _clock);

        gatekeeper.InForce.Rules.Where(rule => rule.IsInForce).Select(rule => rule.Key).Should().Equal("DisableMapiClientProcesses", "Rules:now");
        gatekeeper.InForce.Rules.Should().HaveCount(5);
        gatekeeper.Policy.ToString().Should().Be("b.exe; rule now (Process a.exe)");
    }

    [Fact]
    public void OfAPolicyNotMadeOfRules_NothingIsKnown()
    {
        var inForce = new Gatekeeper(Gate.Judging(_ => true)).InForce;

        inForce.Rules.Should().BeEmpty();
        (inForce.Fingerprint, inForce.EffectiveFingerprint).Should().Be((string.Empty, string.Empty));
    }

    [Fact]
    public void RevisionAndSince_AreTheChanges()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, _clock);
        var first = gatekeeper.InForce;
        _clock.Advance(TimeSpan.FromHours(1));

        gatekeeper.Apply(Gate.Blocking("a.exe"));
        _clock.Advance(TimeSpan.FromHours(1));

        (first.Revision, first.Since).Should().Be((0L, _clock.GetUtcNow() - TimeSpan.FromHours(2)));
        (gatekeeper.InForce.Revision, gatekeeper.InForce.Since).Should().Be((1L, _clock.GetUtcNow() - TimeSpan.FromHours(1)));
    }
}
