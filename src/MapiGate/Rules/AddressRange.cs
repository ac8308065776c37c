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
        if (IPAddress.TryParse(text, out var address) && IsWhole(text, address))
        {
            address = Plain(address);
            range = new AddressRange(new IPNetwork(address, address.GetAddressBytes().Length * 8));
        }
        else if (IPNetwork.TryParse(text, out var network) && IsWhole(text[..text.IndexOf('/')], network.BaseAddress))
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

    // IPAddress takes "10" for 0.0.0.10, "10.1" for 10.0.0.1 and "010.0.0.1" for 8.0.0.1, which nobody who writes them here means.
    private static bool IsWhole(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 || text == address.ToString();

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
        : address;
}
