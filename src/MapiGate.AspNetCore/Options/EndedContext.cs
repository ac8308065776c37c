namespace MapiGate.AspNetCore;

/// <summary>A Session Context that the gate has ended and the server behind has not heard of.</summary>
/// <param name="Client">What its client said at logon.</param>
/// <param name="Cookies">
/// What names it at the server, each as "name=value": the cookies that the server set with the last of its answers that set the
/// context's own. Whoever holds them holds the context: not for a log.
/// </param>
public sealed record EndedContext(MapiClient Client, IReadOnlyList<string> Cookies)
{
    /// <summary>Whose context it was, without the cookies.</summary>
    public override string ToString() => $"context of {Client}";
}
