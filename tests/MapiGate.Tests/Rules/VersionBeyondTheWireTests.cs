namespace MapiGate.Tests.Rules;

/// <summary>A client may claim a version that no part of the wire could hold: over HTTP it is a text.</summary>
public class VersionBeyondTheWireTests
{
    [Theory]
    [InlineData("15.0.4569.1503-")]
    [InlineData("0-")]
    [InlineData("16-")]
    public void TryLogon_AVersionBeyondWhatTheWireHolds_IsCoveredByARangeWithoutEnd(string range) =>
        new Gatekeeper(ConnectionPolicy.FromOptions(new() { DisableMapiClients = range }))
            .TryLogon(new MapiClient { ProcessNames = ["a.exe"], Version = new Version(70_000, 0, 0, 0) }, out _, out _).Should().BeFalse();

    [Fact]
    public void TryLogon_APartBeyondWhatTheWireHolds_IsCoveredByItsMajorVersion() =>
        new Gatekeeper(ConnectionPolicy.FromOptions(new() { DisableMapiClients = "16" }))
            .TryLogon(new MapiClient { ProcessNames = ["a.exe"], Version = new Version(16, 70_000, 0, 0) }, out _, out _).Should().BeFalse();
}
