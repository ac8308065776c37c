using FsCheck.Fluent;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Policies;

/// <summary>Logon, change, preview, explanation and the policy as data agree, whatever rules are written and whoever comes.</summary>
public class RulePropertyTests
{
    [Fact]
    public void Explanation_Logon_AndData_AreOfOneMind() => Property.Holds(
        from options in RuleOptionsGen.Policies
        from client in RuleOptionsGen.Clients
        select (options, client),
        sample =>
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(sample.options), new SteppedClock());
            var isAllowed = gatekeeper.TryLogon(sample.client, out _, out var verdict);
            var explanation = gatekeeper.Explain(sample.client);
            var rules = explanation.Steps.Where(step => step is { Decides: true, Kind: PolicyStepKind.Rule or PolicyStepKind.ReportedRule }).Select(step => step.Name).ToList();
            var exemptions = explanation.Steps.Where(step => step is { Decides: true, Kind: PolicyStepKind.Exemption }).Select(step => step.Name).ToList();
            var isByOwn = explanation.Steps.Any(step => step is { Decides: true, Kind: PolicyStepKind.OwnProcess });
            var inForce = gatekeeper.InForce.Rules.Where(rule => rule.IsInForce).Select(rule => rule.Name).ToHashSet();
            return explanation.Verdict == verdict
                && isAllowed == verdict.IsAllowed
                && explanation.Steps.All(step => step.Applies || !step.Decides)
                && explanation.Steps.All(step => !step.Applies || inForce.Contains(step.Name))
                && rules.SequenceEqual(new[] { verdict.Rule ?? verdict.ReportedRule }.OfType<string>())
                && (isByOwn ? exemptions.Count == 0 && verdict.Exemption is not null : exemptions.SequenceEqual(new[] { verdict.Exemption }.OfType<string>()));
        },
        tests: 2000);

    [Fact]
    public void AChange_CutsWhomTheNewPolicyDenies_AndNobodyElse() => Property.Holds(
        from before in RuleOptionsGen.Policies
        from after in RuleOptionsGen.Policies
        from clients in Property.Several(RuleOptionsGen.Clients, 20)
        select (before, after, clients),
        sample =>
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(sample.before), new SteppedClock());
            var sessions = LogonAll(gatekeeper, sample.clients);
            var receipt = gatekeeper.Apply(ConnectionPolicy.FromOptions(sample.after));
            return sessions.TrueForAll(session => session.IsDisconnected == !gatekeeper.Policy.Evaluate(session.Client).IsAllowed)
                && receipt.Disconnected == sessions.Count(session => session.IsDisconnected)
                && receipt.Examined == sessions.Count
                && gatekeeper.Sessions.Count == sessions.Count - receipt.Disconnected
                && sessions.TrueForAll(session => gatekeeper.Sessions.TryGet(session.Id, out var found) == !session.IsDisconnected && (session.IsDisconnected || found.Client == session.Client));
        },
        tests: 1000);

    [Fact]
    public void APreview_IsWhatTheChangeDoes_WhenWhatIsYetToBeginBeginsAtOnce() => Property.Holds(
        from options in RuleOptionsGen.Policies
        from clients in Property.Several(RuleOptionsGen.Clients, 20)
        select (options, clients),
        sample =>
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, new SteppedClock());
            var sessions = LogonAll(gatekeeper, sample.clients);
            var preview = gatekeeper.Preview(ConnectionPolicy.FromOptions(sample.options));

            foreach (var rule in sample.options.Rules.Values.Where(rule => rule.Until is null || rule.From is null || rule.From < rule.Until))
            {
                rule.From = null;
            }

            gatekeeper.Apply(ConnectionPolicy.FromOptions(sample.options));
            return preview.Disconnected.Select(session => session.Id).ToHashSet().SetEquals(sessions.Where(session => session.IsDisconnected).Select(session => session.Id))
                && preview.ByRule.All(rule => sessions.Count(session => session.Verdict.Rule == rule.Key) == rule.Value)
                && preview.Remaining == gatekeeper.Sessions.Count;
        },
        tests: 1000);

    [Fact]
    public void AsTimePasses_WhoIsThereIsWhoIsAllowed() => Property.Holds(
        from options in RuleOptionsGen.Policies
        from clients in Property.Several(RuleOptionsGen.Clients, 20)
        from steps in Property.Several(Gen.Choose(-3, 3), 5)
        select (options, clients, steps),
        sample =>
        {
            var clock = new SteppedClock();
            var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(sample.options), clock);
            var sessions = LogonAll(gatekeeper, sample.clients);
            return sample.steps.All(days =>
            {
                clock.Step(TimeSpan.FromDays(days));
                clock.Advance(TimeSpan.FromSeconds(10));
                var asApplied = new Gatekeeper(ConnectionPolicy.FromOptions(sample.options), clock);
                return gatekeeper.InForce.EffectiveFingerprint == asApplied.InForce.EffectiveFingerprint
                    && sessions.TrueForAll(session => session.IsDisconnected || asApplied.Policy.Evaluate(session.Client).IsAllowed);
            });
        },
        tests: 1000);

    private static List<MapiSession> LogonAll(Gatekeeper gatekeeper, IEnumerable<MapiClient> clients)
    {
        var sessions = new List<MapiSession>();
        foreach (var client in clients)
        {
            if (gatekeeper.TryLogon(client, out var session, out _))
            {
                sessions.Add(session);
            }
        }

        return sessions;
    }
}
