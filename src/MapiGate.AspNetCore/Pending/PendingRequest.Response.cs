using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

// The head of the response as the server behind sees it. After a cut it looks started, and what is set is not heard.
internal sealed partial class PendingRequest : IHttpResponseFeature
{
    // Held for a header at a time, ten times in a request, and contended only by a cut.
    private SpinLock _headLock = new(enableThreadOwnerTracking: false);

    int IHttpResponseFeature.StatusCode
    {
        get => _response.StatusCode;
        set => ChangeHead((_response, value), static head => head._response.StatusCode = head.value);
    }

    string? IHttpResponseFeature.ReasonPhrase
    {
        get => _response.ReasonPhrase;
        set => ChangeHead((_response, value), static head => head._response.ReasonPhrase = head.value);
    }

    IHeaderDictionary IHttpResponseFeature.Headers
    {
        get => _headers;
        set => ChangeHead((_response, value), static head => head._response.Headers = head.value);
    }

    [Obsolete("Use IHttpResponseBodyFeature.Stream instead.")]
    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => _response.Body = value;
    }

    bool IHttpResponseFeature.HasStarted => IsCut || _response.HasStarted;

    void IHttpResponseFeature.OnStarting(Func<object, Task> callback, object state) =>
        ChangeHead((_response, callback, state), static head => head._response.OnStarting(head.callback, head.state));

    void IHttpResponseFeature.OnCompleted(Func<object, Task> callback, object state) =>
        ChangeHead((_response, callback, state), static head => head._response.OnCompleted(head.callback, head.state));

    /// <summary>Changes the response's head, unless the gate has taken it over: the two never change it at once.</summary>
    public bool ChangeHead<TState>(TState state, Action<TState> change)
    {
        var entered = false;
        try
        {
            _headLock.Enter(ref entered);
            if (!_cut)
            {
                change(state);
            }

            return !_cut;
        }
        finally
        {
            if (entered)
            {
                _headLock.Exit(useMemoryBarrier: false);
            }
        }
    }

    // Once this returns, no change of the server's is under way and none begins any more.
    private void CloseHead() => ChangeHead(this, static _ => { });
}
