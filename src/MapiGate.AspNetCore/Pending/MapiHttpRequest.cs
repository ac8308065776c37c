using MapiGate.Protocol;

namespace MapiGate.AspNetCore;

/// <summary>What the gate needs to know of a request until it has ended.</summary>
/// <param name="Type">One of <see cref="MapiHttpRequestTypes"/>, or <see cref="OtherType"/>: never the client's own text.</param>
/// <param name="StartedAt">When it came, as a timestamp of the time provider's.</param>
internal readonly record struct MapiHttpRequest(string Type, long StartedAt)
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

    /// <summary>Reads an X-RequestType. In any case of letters, lest a server that is lax about it see a Connect where the gate sees none.</summary>
    public static MapiHttpRequest Read(string? type, long startedAt)
    {
        foreach (var known in KnownTypes)
        {
            if (known.Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                return new MapiHttpRequest(known, startedAt);
            }
        }

        return new MapiHttpRequest(OtherType, startedAt);
    }
}
