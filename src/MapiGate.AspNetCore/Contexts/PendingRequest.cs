using System.Globalization;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>A request that is under way in a Session Context. What the server answers tells the gate how the context stands.</summary>
internal class PendingRequest(HttpContext context, in MapiHttpRequest request, GatedContext owner)
    : RelayedRequest(context, request, owner.Table.Environment), IMapiSessionFeature, IThreadPoolWorkItem
{
    // gromox: of a context that it doesn't know, where the specification has 10. On a POST no server says it of the verb.
    private const MapiHttpResponseCode GoneAtGromox = MapiHttpResponseCode.InvalidVerb;

    private bool _isOwnersWait;

    public MapiSession Session => owner.Session;

    /// <summary>Whether the server has taken the request for one of the context's: what it has not leaves the context idle.</summary>
    public bool IsActivity { get; private set; } = true;

    public bool IsWait => Request.IsWait;

    protected override long SessionId => owner.Session.Id;

    protected GatedContext Owner => owner;

    protected virtual Ending CutEnding => Ending.Cut;

    /// <summary>Ends the request as its session is over. Runs on a thread of its own: what is written to a client runs the host's code.</summary>
    public void Execute() => End(CutEnding);

    protected override void Install()
    {
        base.Install();
        Context.Features.Set<IMapiSessionFeature>(this);
    }

    protected override void OnLeaving() => owner.Leave(this);

    protected override Ending? AnswerStarting(IHttpResponseFeature head)
    {
        if (Session.IsDisconnected)
        {
            // The policy has spoken, and its notice has not come round yet: no answer of the server's starts any more.
            return CutEnding;
        }

        var code = ReadCode(head);
        if (IsGone(code))
        {
            EndWithServer(IsOwners());
            return null;
        }

        // A long poll may hear of it late; by then the request is no longer the gate's to look at.
        _isOwnersWait = IsWait && IsOwners();

        if (head.Headers.TryGetValue(MapiHttpHeaders.ExpirationInfo, out var sent)
            && uint.TryParse(sent.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            owner.ExpireAfter(TimeSpan.FromMilliseconds(milliseconds));
        }

        return code == MapiHttpResponseCode.Success ? AnswerSucceeding(head) : null;
    }

    protected virtual Ending? AnswerSucceeding(IHttpResponseFeature head)
    {
        if (head.Headers.SetCookie is { Count: > 0 } setCookies)
        {
            owner.KeepCookies(setCookies);
            foreach (var (value, _) in owner.Table.ReadSetCookies(setCookies))
            {
                owner.TryTie(value);
            }

            if (!Request.IsDisconnect)
            {
                Seal(setCookies);
            }
        }

        if (Request.IsDisconnect)
        {
            owner.Release(except: this);
        }

        return null;
    }

    /// <summary>A client returns the cookies of the previous answer, and no others: the seal goes with each that has some.</summary>
    protected void Seal(StringValues setCookies)
    {
        if (owner.Table.Seals is { } seals)
        {
            var (cookie, attributes) = owner.Table.ReadSetCookies(setCookies).LastOrDefault();
            if (owner.Seal(seals, cookie, attributes) is { } seal)
            {
                AddCookie(seal);
            }
        }
    }

    protected override Ending? AnswerContinuing(in InnerStream body, bool isLast)
    {
        if (IsActivity && IsGone(body.LateCode))
        {
            EndWithServer(_isOwnersWait);
        }

        return null;
    }

    protected static MapiHttpResponseCode? ReadCode(IHttpResponseFeature head) =>
        head.StatusCode == StatusCodes.Status200OK
        && head.Headers.TryGetValue(MapiHttpHeaders.ResponseCode, out var sent)
        && int.TryParse(sent.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (MapiHttpResponseCode)code
            : null;

    private static bool IsGone(MapiHttpResponseCode? code) => code is MapiHttpResponseCode.ContextNotFound or GoneAtGromox;

    // The server's own expiry, or its own administrator. A stranger who shows this cookie gets the same code from it
    // (MS-OXCMAPIHTTP: the context belongs to another user), and must not end the owner's session.
    private void EndWithServer(bool isOwners)
    {
        IsActivity = false;
        if (isOwners)
        {
            owner.Release(except: this);
        }
    }

    private bool IsOwners() => Account.IsSame(Account.Of(Context, owner.Table.Options), Session.Client.UserName);
}
