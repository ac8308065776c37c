using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>A rule that ends before it begins is a finding, and nothing else.</summary>
public class NeverInForceTests
{
    [Fact]
    public void ARuleThatEndsBeforeItBegins_IsNeitherPreviewedNorHeld()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, new SteppedClock());
        gatekeeper.Logon("a.exe");
        var policy = ConnectionPolicy.FromOptions(new()
        {
            MaxDisconnects = 0,
            Rules = { ["backwards"] = new() { Process = "a.exe", From = SteppedClock.Start.AddDays(2), Until = SteppedClock.Start.AddDays(1) } },
        });

        gatekeeper.Preview(policy).Disconnected.Should().BeEmpty();
        gatekeeper.Apply(policy).Held.Should().BeNull();
    }
}
