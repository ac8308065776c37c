using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Policies;

/// <summary>Why a client is let in or refused, where rules and exemptions have names.</summary>
public class RuleExplanationTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void ToString_HasALineForEachRule_WithAllThatItStates_AndSaysWhichDecides()
    {
        var now = _clock.GetUtcNow();
        var gatekeeper = new Gatekeeper(
            ConnectionPolicy.FromOptions(new()
            {
                DisableMapiClientProcesses = "mfc*.exe",
                Rules =
                {
                    ["by-address"] = new() { Process = "OUTLOOK.EXE", Version = "-16", Mailbox = "jane", User = "jane", Address = "10.1.0.0/16" },
                    ["later"] = new() { Process = "OUTLOOK.EXE", From = now + TimeSpan.FromHours(1) },
                    ["off"] = new() { Process = "OUTLOOK.EXE", Mode = RuleMode.Off },
                    ["tried"] = new() { Process = "OUTLOOK.EXE", Mode = RuleMode.ReportOnly },
                },
                Exemptions = { ["ended"] = new() { User = "jane", Until = now }, ["others"] = new() { User = "john" } },
            }),
            _clock);

        var explanation = gatekeeper.Explain(new() { ProcessNames = ["outlook.exe"], Version = new(16, 0, 1, 1), UserDn = "/cn=jane", UserName = "jane", RemoteAddress = IPAddress.Parse("10.1.2.3") });

        explanation.Verdict.Rule.Should().Be("by-address");
        explanation.ToString().Split(Environment.NewLine).Should().Equal(
            "process \"outlook.exe\" version \"16.0.1.1\" user \"jane\" mailbox \"/cn=jane\" address \"10.1.2.3\": denied by \"by-address\"",
            "  rule \"mfc*.exe\" does not apply",
            "  rule \"by-address (Process OUTLOOK.EXE, Version -16, Mailbox jane, User jane, Address 10.1.0.0/16)\" applies, and decides",
            "  rule \"later (Process OUTLOOK.EXE, not in force now)\" does not apply",
            "  exemption \"ended (User jane, not in force now)\" does not apply",
            "  exemption \"others (User john)\" does not apply",
            "  reported rule \"tried (Process OUTLOOK.EXE)\" applies");
    }

    [Fact]
    public void ARuleThatHasBegun_Applies()
    {
        var gatekeeper = new Gatekeeper(Gate.Denying(new() { Process = "a.exe", From = _clock.GetUtcNow() + TimeSpan.FromHours(1) }), _clock);
        Step(gatekeeper).Should().BeEquivalentTo(new { Applies = false, Decides = false });

        _clock.Advance(TimeSpan.FromHours(1));

        Step(gatekeeper).Should().BeEquivalentTo(new { Kind = PolicyStepKind.Rule, Name = "rule", Applies = true, Decides = true });

        static PolicyExplanationStep Step(Gatekeeper gatekeeper) => gatekeeper.Explain(Gate.Client("a.exe")).Steps.Should().ContainSingle().Which;
    }

    [Fact]
    public void ARuleOnlyReported_DecidesWhereNothingElseDoes() =>
        new Gatekeeper(Gate.Denying(new() { Process = "a.exe", Mode = RuleMode.ReportOnly })).Explain(Gate.Client("a.exe"))
            .Steps.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = PolicyStepKind.ReportedRule, Applies = true, Decides = true });

    [Fact]
    public void OfSeveralProgramsOfTheHosts_TheOneThatTheClientIsDecides()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "*", OwnProcesses = { "store.exe", "gateway.exe" } }));

        gatekeeper.Explain(Gate.Client("GATEWAY.EXE")).Steps.Where(step => step.Kind == PolicyStepKind.OwnProcess)
            .Select(step => (step.Name, step.Applies, step.Decides)).Should().Equal(("store.exe", false, false), ("gateway.exe", true, true));
    }

    [Fact]
    public void AnEntryAndARuleOfOneName_TheOneThatWasAskedFirstDecides()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", Rules = { ["a.exe"] = new() { Process = "a.exe" } } }));

        gatekeeper.Explain(Gate.Client("a.exe")).Steps.Select(step => (step.Text, step.Applies, step.Decides))
            .Should().Equal(("a.exe", true, true), ("a.exe (Process a.exe)", true, false));
    }
}
