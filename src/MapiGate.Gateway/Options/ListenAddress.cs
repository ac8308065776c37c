using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace MapiGate.Gateway.Options;

/// <summary>Where a listener stands.</summary>
/// <param name="Address">The address; <see langword="null"/> for all of this machine.</param>
/// <param name="Port">The port; 0 for any that is free.</param>
/// <param name="IsTls">Whether it speaks https.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port, bool IsTls)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? listen)
    {
        listen = null;
        var isTls = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isTls && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var authority = text[(isTls ? 8 : 7)..].TrimEnd('/');
        var colon = authority.LastIndexOf(':');
        var isBracketed = colon > 0 && authority.EndsWith(']');
        if (colon < 1 || isBracketed || !ushort.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = authority[..colon];
        var address = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : null;
        if (host is not ("*" or "+") && address is null && !IPAddress.TryParse(host.Trim('[', ']'), out address))
        {
            return false;
        }

        listen = new ListenAddress(address, port, isTls);
        return true;
    }
}
