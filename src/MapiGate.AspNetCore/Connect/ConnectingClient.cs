using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>Who is connecting: what the Connect's body and headers claim, and what the host knows.</summary>
internal static class ConnectingClient
{
    public static MapiClient Read(HttpContext context, ConnectRequest connect, string? account)
    {
        // The body has no version. Of several headers the first counts; it is only a claim.
        context.Request.Headers.TryGetValue(MapiHttpHeaders.ClientApplication, out var application);
        var address = context.Connection.RemoteIpAddress;
        return new MapiClient
        {
            ProcessNames = connect.Auxiliary.ProcessNames,
            Version = ClientVersion.TryParseApplication(application.Count > 0 ? application[0] : null, out var version) ? version : null,
            UserDn = connect.UserDn,
            UserName = account,
            MachineName = connect.Auxiliary.MachineName,
            RemoteAddress = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address,
        };
    }

    /// <summary>
    /// Whether two clients are the same user's: by the authenticated account, or by the claimed name where the gate knows of
    /// no account for either.
    /// </summary>
    public static bool IsSameUser(MapiClient one, MapiClient other) =>
        one.UserName is null && other.UserName is null
            ? string.Equals(one.UserDn, other.UserDn, StringComparison.OrdinalIgnoreCase)
            : Account.IsSame(one.UserName, other.UserName);
}
