using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

/// <summary>
/// A request on its way through the server behind, which the gate can end at any moment. The server sees this object in place
/// of the response's features, so that the two never write at once: what the server does to the response passes through
/// until the cut, and comes to nothing after it.
/// </summary>
/// <remarks>
/// The server's task is awaited to its end, however long that takes, since the HttpContext is used again once the middleware
/// has returned. The client doesn't wait for it: its answer is completed by the cut.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The server may hold the request's token and stream for longer than the request; neither holds a resource.")]
internal sealed partial class PendingRequest : IMapiSessionFeature, IThreadPoolWorkItem
{
    // How long a server may take to notice that the request was aborted, and a slow client to take its last answer, before
    // the connection is given up: under HTTP/1.1 it would otherwise be blocked for the client's next request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly HttpContext _context;
    private readonly GatedContext _owner;
    private readonly MapiHttpRequest _request;
    private readonly IHttpResponseFeature _response;
    private readonly IHttpResponseBodyFeature _body;
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private readonly IHttpResetFeature? _reset;
    private readonly GuardedHeaders _headers;
    private TaskCompletionSource? _ended;
    private ITimer? _impatience;
    private bool _cut;
    private bool _finished;
    private int _left;

    public PendingRequest(HttpContext context, GatedContext owner, MapiHttpRequest request)
    {
        _context = context;
        _owner = owner;
        _request = request;
        _response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
        _body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();

        // Not asked for where there is none: looking in vain is the slowest way to look.
        _reset = HttpProtocol.IsHttp11(context.Request.Protocol) ? null : context.Features.Get<IHttpResetFeature>();
        _headers = new GuardedHeaders(this, _response);
    }

    public MapiSession Session => _owner.Session;

    private bool IsCut => Volatile.Read(ref _cut);

    /// <summary>Lets the server answer. Returns when it has come to its end, with the client answered by the one or the other.</summary>
    public async Task RunAsync(RequestDelegate server)
    {
        Install();
        try
        {
            if (!IsCut)
            {
                await server(_context).ConfigureAwait(false);
                await FlushWriterAsync().ConfigureAwait(false);
                ObserveAnswerWithoutBody();
            }
        }
        catch (Exception exception) when (IsCut)
        {
            // It was told to stop, and its client has been answered.
            HttpLog.ServerFailedAfterCut(_owner.Table.Logger, exception, Session.Id);
        }
        finally
        {
            await FinishAsync().ConfigureAwait(false);
            Uninstall();
            Leave();
        }
    }

    /// <summary>Ends the request now. Runs on a thread of its own, since a response's callbacks are the host's code.</summary>
    public void Execute() => Cut();

    private void Cut()
    {
        bool endHere;
        lock (_lock)
        {
            if (_cut || _finished)
            {
                return;
            }

            Volatile.Write(ref _cut, true);
            _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _impatience = _owner.Table.TimeProvider.CreateTimer(static request => ((PendingRequest)request!).Abandon(), this, Patience, Timeout.InfiniteTimeSpan);

            // A write of the server's that is under way is let through, so that no tag is torn; whoever made it ends the request.
            endHere = _writers == 0;
        }

        CloseHead();
        AbortServer();
        if (endHere)
        {
            _ = EndAsync();
        }
    }

    /// <summary>From here on the policy comes too late: the server has answered. Or it came in time, and the client is being answered.</summary>
    private async Task FinishAsync()
    {
        lock (_lock)
        {
            _finished = true;
        }

        if (_ended is { } ended)
        {
            // Even when it was abandoned: the context must not be used again while the gate still writes to it.
            await ended.Task.ConfigureAwait(false);
            await _impatience!.DisposeAsync().ConfigureAwait(false);
        }

        _abortedByClient.Unregister();
    }

    private void Abandon()
    {
        HttpLog.RequestAbandoned(_owner.Table.Logger, _request.Type, Session.Id, Patience.TotalSeconds);
        _lifetime.Abort();
        Leave();
    }

    // Whoever comes first: the cut that has answered the client, the server that has returned, or impatience.
    private void Leave()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            _owner.Leave(this);
        }
    }

    private void Install()
    {
        var features = _context.Features;
        features.Set<IHttpResponseFeature>(this);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        features.Set<IMapiSessionFeature>(this);
        if (_reset is not null)
        {
            features.Set<IHttpResetFeature>(this);
        }

        _response.OnStarting(static request => ((PendingRequest)request).AnswerStarting(), this);
    }

    private void Uninstall()
    {
        var features = _context.Features;
        features.Set(_response);
        features.Set(_body);
        features.Set(_lifetime);
        if (_reset is not null)
        {
            features.Set(_reset);
        }
    }
}
