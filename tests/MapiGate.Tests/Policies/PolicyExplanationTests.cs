namespace MapiGate.Tests.Policies;

public class PolicyExplanationTests
{
    [Fact]
    public void ToString_HasALineForEveryRuleAndExemption_AndSaysWhichDecides()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new()
        {
            DisableMapiClientProcesses = "store*",
            OwnProcesses = { "store.exe" },
            Exemptions = { ["backup"] = new() { User = "svc" } },
            ReportOnly = { DisableMapiClientProcesses = "*.exe" },
        }));

        Lines("store.exe").Should().Equal(
            "process \"store.exe\" user \"jane\": exempt from \"store*\" by \"OwnProcesses store.exe\"",
            "  rule \"store*\" applies, and decides",
            "  own process \"store.exe\" applies, and decides",
            "  exemption \"backup (User svc)\" does not apply",
            "  reported rule \"*.exe\" applies");
        Lines("a.exe").Should().Contain("  reported rule \"*.exe\" applies, and decides");

        string[] Lines(string program) => gatekeeper.Explain(Gate.Client(program, "jane")).ToString().Split(Environment.NewLine);
    }
}
