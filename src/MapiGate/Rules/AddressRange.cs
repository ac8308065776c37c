using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace MapiGate;

/// <summary>An address, or all that begin with the same bits: <c>10.1.2.3</c>, <c>10.1.0.0/16</c>, <c>2001:db8::/32</c>.</summary>
internal sealed class AddressRange
{
    private readonly IPNetwork _network;

    private AddressRange(IPNetwork network) => _network = network;

    public static bool TryParse(string text, [NotNullWhen(true)] out AddressRange? range)
    {
        range = null;
        var slash = text.IndexOf('/');
        if (!TryParseAddress(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        if (slash < 0)
        {
            address = Plain(address);
            range = new AddressRange(new IPNetwork(address, address.GetAddressBytes().Length * 8));
        }
        else if (IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(address))
        {
            range = new AddressRange(network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength >= 96
                ? new IPNetwork(Plain(network.BaseAddress), network.PrefixLength - 96)
                : network);
        }

        return range is not null;
    }

    // A server that listens on both families sees 10.1.2.3 as ::ffff:10.1.2.3, and is told the zone of a link-local one.
    public bool Contains(IPAddress address) => _network.Contains(Plain(address));

    public override string ToString() => _network.ToString();

    // IPAddress takes "10" for 0.0.0.10, "010.1.2.3" for 8.1.2.3 and a port behind brackets, and IPNetwork takes 10.1.0.0/8
    // for all of 10.0.0.0/8: nobody who writes these here means that.
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.StartsWith('[') : text == address.ToString());

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
        : address;
}
