using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

/// <summary>The request's lifetime as the server behind sees it: aborted by its client, or by the gate once that has answered the client.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The server may hold the token for longer than the request; a source without timer holds no resource.")]
internal sealed class ServerLifetime(Lock sync, IHttpRequestLifetimeFeature client, IHttpResetFeature? reset) : IHttpRequestLifetimeFeature, IHttpResetFeature
{
    private CancellationTokenSource? _aborted;
    private CancellationTokenRegistration _abortedByClient;
    private CancellationToken? _replaced;
    private bool _isOver;

    public CancellationToken RequestAborted
    {
        get => _replaced ?? Aborted;
        set => _replaced = value;
    }

    /// <summary>The token of the gate's own. Made when somebody asks: most servers never do for a short request.</summary>
    public CancellationToken Aborted
    {
        get
        {
            lock (sync)
            {
                if (_aborted is null)
                {
                    _aborted = new CancellationTokenSource();
                    if (_isOver)
                    {
                        _aborted.Cancel();
                    }
                    else
                    {
                        _abortedByClient = client.RequestAborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _aborted);
                    }
                }

                return _aborted.Token;
            }
        }
    }

    // A server that is told to stop may go on to abort the connection, as a proxy does: too late, since the client's last
    // answer is on its way there.
    public void Abort()
    {
        if (!Volatile.Read(ref _isOver))
        {
            client.Abort();
        }
    }

    public void Reset(int errorCode)
    {
        if (!Volatile.Read(ref _isOver))
        {
            reset!.Reset(errorCode);
        }
    }

    /// <summary>Tells the server to stop. What hangs on its token is its own code, and runs on the thread pool.</summary>
    public Task EndAsync()
    {
        lock (sync)
        {
            _isOver = true;
            return _aborted?.CancelAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>The request is over: its connection serves another.</summary>
    public void Leave()
    {
        lock (sync)
        {
            _isOver = true;
        }

        _abortedByClient.Unregister();
    }
}
