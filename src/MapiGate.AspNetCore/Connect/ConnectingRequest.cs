using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>A Connect that was let in, until the server behind has granted a Session Context or has not.</summary>
/// <remarks>
/// Success is more than a head that says 0 and sets a cookie: the body may still bear an ErrorCode (gromox then sends the old
/// cookie again, and the old context lives on). So the cookie is tied to the session just before the bytes leave that say so.
/// </remarks>
internal sealed class ConnectingRequest(HttpContext context, in MapiHttpRequest request, GatedContext owner, List<GatedContext> old)
    : PendingRequest(context, request, owner)
{
    private List<(string Value, string Attributes)>? _granted;
    private StringValues _setCookies;

    /// <summary>What the server set with a context that it granted; empty when it granted none. To be read when the request is over.</summary>
    public StringValues Granted => ReadCode(ServerHead) == MapiHttpResponseCode.Success && Owner.Table.ReadSetCookies(ServerHead.Headers.SetCookie).Count > 0 ? ServerHead.Headers.SetCookie : default;

    protected override Ending CutEnding => Ending.RefusedConnect;

    protected override Ending? AnswerSucceeding(IHttpResponseFeature head)
    {
        Environment.Traits.Learn(head.Headers);
        _granted = Owner.Table.ReadSetCookies(head.Headers.SetCookie);
        _setCookies = head.Headers.SetCookie;

        if (_granted.Count > 0)
        {
            Seal(head.Headers.SetCookie);
        }

        return null;
    }

    // A body that says nothing, or is compressed, leaves it at the head's word.
    protected override Ending? AnswerContinuing(in InnerStream body, bool isLast) =>
        body.HasSucceeded || body.IsUnreadable || (isLast && !body.HasResult) ? Tie() : null;

    private Ending? Tie()
    {
        if (_granted is not { } granted || IsAbortedByClient)
        {
            // The server said no, or the client will never present what it was granted.
            return null;
        }

        _granted = null;
        if (granted.Count == 0)
        {
            TellOfUnknownCookies();
            return null;
        }

        Owner.KeepCookies(_setCookies);
        if (!granted.TrueForAll(cookie => Owner.TryTie(cookie.Value)))
        {
            // Disconnected this very moment.
            return CutEnding;
        }

        old.ForEach(static context => context.Release());
        return null;
    }

    // Never in silence: by a cookie that the gate does not know its client goes on, and no policy finds it.
    private void TellOfUnknownCookies()
    {
        var name = _setCookies.Select(static cookie => cookie!.Split('=', ';')).Where(static pair => pair.Length > 1 && pair[1].Length > 0).Select(static pair => pair[0]).FirstOrDefault();
        if (name is not null && Environment.Metrics.ContextUngated())
        {
            HttpLog.ContextUngated(Environment.Logger, SessionId, HeaderText.Clean(name));
        }
    }
}
