using System.Net;

namespace MapiGate.Tests.Clients;

public class ClientEqualityTests
{
    [Fact]
    public void TwoClientsThatSayTheSame_AreEqual()
    {
        One().Should().Be(One());
        One().GetHashCode().Should().Be(One().GetHashCode());
        (One() == One()).Should().BeTrue();
    }

    [Fact]
    public void TwoClientsThatNameOtherPrograms_AreNot() => One().Should().NotBe(One() with { ProcessNames = ["a.exe", "c.exe"] });

    private static MapiClient One() => new()
    {
        ProcessNames = ["a.exe", "b.exe"],
        Version = new Version(16, 0, 1, 1),
        UserName = "jane",
        UserDn = "/o=x/cn=jane",
        MachineName = "WS1",
        RemoteAddress = IPAddress.Parse("10.0.0.1"),
    };
}
