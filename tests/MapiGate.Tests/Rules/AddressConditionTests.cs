using System.Net;

namespace MapiGate.Tests.Rules;

/// <summary>An address or a network, of either family, and an address of the one dressed as one of the other.</summary>
public class AddressConditionTests
{
    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "10.1.0.0", true)]
    [InlineData("10.1.0.0/16", "10.1.255.255", true)]
    [InlineData("10.1.0.0/16", "10.2.0.0", false)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.7.7", true)]
    [InlineData("10.1.0.0/16", "::ffff:10.2.7.7", false)]
    [InlineData("::ffff:10.1.0.0/112", "10.1.7.7", true)]
    [InlineData("::ffff:10.1.0.0/112", "10.2.7.7", false)]
    [InlineData("10.1.2.3/32", "10.1.2.3", true)]
    [InlineData("10.1.2.3/32", "10.1.2.2", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::/32", "32.1.13.184", false)]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1", true)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("fe80::1", "fe80::1%3", true)]
    [InlineData(" 10.1.0.0/16 ", "10.1.0.1", true)]
    [InlineData("127.0.0.1", "::1", false)]
    [InlineData("0.0.0.0/0", null, false)]
    public void Address_IsOneOrANetwork(string range, string? address, bool denied) =>
        Gate.Denying(new() { Address = range })
            .Evaluate(new MapiClient { ProcessNames = ["a.exe"], RemoteAddress = address is null ? null : IPAddress.Parse(address) }).IsAllowed.Should().Be(!denied);

    [Theory]
    [InlineData("outlook.exe")]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("10.1.2.3.4")]
    [InlineData("10.1.2.256")]
    [InlineData("10.1.0.0/8")]
    [InlineData("10.1/16")]
    [InlineData("10.1.0.0/33")]
    [InlineData("10.1.0.0/")]
    [InlineData("10.1.0.0/-1")]
    [InlineData("10.1.0.0/16/16")]
    [InlineData("10.1.2.3-10.1.2.9")]
    [InlineData("10.1.2.3; 10.1.2.4")]
    [InlineData("2001:db8::1/32")]
    [InlineData("2001:db8::/129")]
    [InlineData("10.1.2.3:443")]
    [InlineData("[2001:db8::1]:443")]
    [InlineData("010.1.2.3")]
    [InlineData("0x0a.1.2.3")]
    [InlineData("010.0.0.0/8")]
    public void Address_ThatIsNeither_IsNamedWithTheFix(string range)
    {
        ConnectionPolicy.TryFromOptions(new() { Rules = { ["lan"] = new() { Address = range } } }, out _, out var errors).Should().BeFalse();

        errors.Should().Equal($"Rules:lan:Address is \"{range}\"; write an IP address, or a network whose bits after the prefix are 0, as in 10.1.0.0/16.");
    }
}
