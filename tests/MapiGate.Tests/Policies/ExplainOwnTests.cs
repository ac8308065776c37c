namespace MapiGate.Tests.Policies;

/// <summary>An explanation says of each of the host's programs whether it is the client's.</summary>
public class ExplainOwnTests
{
    [Fact]
    public void TheHostsOtherPrograms_DoNotApply()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "*.exe", OwnProcesses = { "store.exe", "other.exe" } }));

        var steps = gatekeeper.Explain(Gate.Client("store.exe")).Steps.Where(step => step.Kind == PolicyStepKind.OwnProcess);

        steps.Should().SatisfyRespectively(
            store => (store.Name, store.Applies, store.Decides).Should().Be(("store.exe", true, true)),
            other => (other.Name, other.Applies, other.Decides).Should().Be(("other.exe", false, false)));
    }
}
