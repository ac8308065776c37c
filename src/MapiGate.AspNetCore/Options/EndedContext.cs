namespace MapiGate.AspNetCore;

/// <summary>A Session Context that the gate has ended and the server behind has not heard of.</summary>
public sealed class EndedContext
{
    internal EndedContext(MapiClient client, IReadOnlyList<string> cookies) => (Client, Cookies) = (client, cookies);

    /// <summary>What its client said at logon.</summary>
    public MapiClient Client { get; }

    /// <summary>
    /// What names it at the server, each as "name=value": the cookies that the server has set in this context, of each name the
    /// newest. Whoever holds them holds the context: not for a log.
    /// </summary>
    public IReadOnlyList<string> Cookies { get; }

    /// <summary>Whose context it was, without the cookies.</summary>
    public override string ToString() => $"context of {Client}";
}
