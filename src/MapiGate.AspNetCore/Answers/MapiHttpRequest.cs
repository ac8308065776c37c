using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>What the gate needs to know of a request to answer it, read when it came: nobody looks at its headers again.</summary>
/// <param name="Type">One of <see cref="MapiHttpRequestTypes"/>, or <see cref="OtherType"/>: never the client's own text.</param>
/// <param name="RequestType">X-RequestType as sent.</param>
/// <param name="RequestId">X-RequestId as sent.</param>
/// <param name="ClientInfo">X-ClientInfo as sent.</param>
/// <param name="StartedAt">When it came, as a timestamp of the time provider's.</param>
internal readonly record struct MapiHttpRequest(string Type, StringValues RequestType, StringValues RequestId, StringValues ClientInfo, long StartedAt)
{
    private const string OtherType = "request of another type";

    private static readonly string[] KnownTypes =
    [
        MapiHttpRequestTypes.Execute,
        MapiHttpRequestTypes.NotificationWait,
        MapiHttpRequestTypes.Ping,
        MapiHttpRequestTypes.Connect,
        MapiHttpRequestTypes.Disconnect,
    ];

    public bool IsConnect => ReferenceEquals(Type, MapiHttpRequestTypes.Connect);

    public bool IsDisconnect => ReferenceEquals(Type, MapiHttpRequestTypes.Disconnect);

    public bool IsWait => ReferenceEquals(Type, MapiHttpRequestTypes.NotificationWait);

    /// <summary>Reads the headers of a request whose X-RequestType is this.</summary>
    public static MapiHttpRequest Read(IHeaderDictionary headers, StringValues requestType, long startedAt) => new(
        Known(requestType.ToString()),
        requestType,
        headers[MapiHttpHeaders.RequestId],
        headers[MapiHttpHeaders.ClientInfo],
        startedAt);

    // In any case of letters, lest a server that is lax about it see a Connect where the gate sees none.
    private static string Known(string type)
    {
        foreach (var known in KnownTypes)
        {
            if (known.Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        return OtherType;
    }
}
