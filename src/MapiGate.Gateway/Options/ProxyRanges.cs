using System.Net;

namespace MapiGate.Gateway.Options;

/// <summary>Addresses and ranges of addresses.</summary>
internal static class ProxyRanges
{
    public static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? IPAddress.TryParse(text.Split('/')[0], out var written) && written.Equals(network.BaseAddress) ? network : null
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;

    public static bool Contain(IEnumerable<IPNetwork> ranges, IPAddress? address) =>
        address is not null && ranges.Any(range => range.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
