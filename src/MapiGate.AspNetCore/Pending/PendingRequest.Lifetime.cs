using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

// The request's lifetime as the server behind sees it: aborted by its client, or by the cut.
internal sealed partial class PendingRequest : IHttpRequestLifetimeFeature, IHttpResetFeature
{
    private CancellationTokenSource? _aborted;
    private CancellationTokenRegistration _abortedByClient;
    private CancellationToken? _replacedToken;

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted
    {
        get => _replacedToken ?? AbortedToken;
        set => _replacedToken = value;
    }

    // Made when somebody asks: most servers never do for a short request.
    private CancellationToken AbortedToken
    {
        get
        {
            lock (_lock)
            {
                if (_aborted is null)
                {
                    _aborted = new CancellationTokenSource();
                    _abortedByClient = _lifetime.RequestAborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _aborted);
                    if (_cut)
                    {
                        _aborted.Cancel();
                    }
                }

                return _aborted.Token;
            }
        }
    }

    // A server whose request was aborted by the cut may go on to abort the connection, as a proxy does: too late, since the
    // client's last answer is on its way there.
    void IHttpRequestLifetimeFeature.Abort()
    {
        if (!IsCut)
        {
            _lifetime.Abort();
        }
    }

    void IHttpResetFeature.Reset(int errorCode)
    {
        if (!IsCut)
        {
            _reset!.Reset(errorCode);
        }
    }

    private void AbortServer()
    {
        CancellationTokenSource? aborted;
        lock (_lock)
        {
            aborted = _aborted;
        }

        if (aborted is not null)
        {
            _ = CancelAsync(aborted);
        }
    }

    // On a thread of its own: what hangs on the token is the server's code, and the client's answer doesn't wait for it.
    private async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            HttpLog.ServerFailedAfterCut(_owner.Table.Logger, exception, Session.Id);
        }
    }
}
