using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

/// <summary>A Connect that was let in, until the server behind has granted a Session Context or has not.</summary>
/// <remarks>
/// Success is more than a head that says 0 and sets a cookie: the body may still bear an ErrorCode (gromox then sends the old
/// cookie again, and the old context lives on). So the cookie is tied to the session just before the bytes leave that say so.
/// </remarks>
internal sealed class ConnectingRequest(HttpContext context, in MapiHttpRequest request, GatedContext owner, List<GatedContext> old)
    : PendingRequest(context, request, owner)
{
    private List<string>? _granted;

    protected override Ending CutEnding => Ending.RefusedConnect;

    protected override Ending? AnswerSucceeding(IHttpResponseFeature head)
    {
        Environment.Traits.Learn(head.Headers);
        foreach (var setCookie in head.Headers.SetCookie)
        {
            if (Owner.Table.TryReadSetCookie(setCookie, out var value))
            {
                (_granted ??= []).Add(value);
            }
        }

        // What is compressed can't be read: there the head is all there is to go by.
        return head.Headers.ContentEncoding.Count > 0 ? Tie() : null;
    }

    protected override Ending? AnswerContinuing(in InnerStream body) =>
        body.IsUnreadable || (body.HasResult && body.HasSucceeded) ? Tie() : null;

    private Ending? Tie()
    {
        if (_granted is not { } granted || IsAbortedByClient)
        {
            // No cookie, or a client that will never present it.
            return null;
        }

        _granted = null;
        if (!granted.TrueForAll(Owner.TryTie))
        {
            // Disconnected this very moment.
            return CutEnding;
        }

        old.ForEach(static context => context.Release());
        return null;
    }
}
