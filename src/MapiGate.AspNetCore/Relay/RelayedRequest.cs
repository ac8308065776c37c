using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

/// <summary>
/// A request on its way through the server behind, whose answer the gate can end at any moment. What the server writes goes
/// into a pipe; the one loop that reads it is the only writer that the client's response has.
/// </summary>
/// <remarks>
/// An end that is asked for comes before the answer's first byte, or between two of the tags that come before DONE. Behind
/// DONE nothing can be ended in the protocol's form: there the server's answer comes to its own end, for as long as the gate
/// has patience. The server's task is awaited however long it takes, since the <see cref="HttpContext"/> is used again once
/// the middleware has returned. The client doesn't wait for it.
/// </remarks>
internal abstract class RelayedRequest
{
    // How long a server may take to notice that it was told to stop, and a slow client to take its last answer, before the
    // connection is given up: under HTTP/1.1 it would otherwise be blocked for the client's next request.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly MapiHttpRequest _request;
    private readonly AnswerEnvironment _environment;
    private readonly IHttpResponseFeature _client;
    private readonly IHttpResponseBodyFeature _clientBody;
    private readonly IHttpRequestLifetimeFeature _clientLifetime;
    private readonly IHttpResetFeature? _clientReset;
    private readonly IHttpResponseTrailersFeature? _clientTrailers;
    private readonly ServerResponse _response;
    private readonly ServerLifetime _lifetime;
    private InnerStream _sent;
    private Ending? _ending;
    private ITimer? _impatience;
    private Exception? _failure;
    private bool _isJudged;
    private bool _isPassedOn;
    private bool _isRelayed;
    private bool _hasSpoken;
    private bool _isOver;
    private int _isServerTold;
    private int _hasLeft;

    protected RelayedRequest(HttpContext context, in MapiHttpRequest request, AnswerEnvironment environment)
    {
        Context = context;
        _request = request;
        _environment = environment;
        var features = context.Features;
        _client = features.GetRequiredFeature<IHttpResponseFeature>();
        _clientBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _clientLifetime = features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        if (!HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // Not asked for where there are none: looking in vain is the slowest way to look.
            _clientReset = features.Get<IHttpResetFeature>();
            _clientTrailers = features.Get<IHttpResponseTrailersFeature>();
        }

        _lifetime = new ServerLifetime(_lock, _clientLifetime, _clientReset);
        _response = new ServerResponse(context, _client, _lifetime);
    }

    /// <summary>For the request's own thread and the server's: never for one that ends the request.</summary>
    protected HttpContext Context { get; }

    protected MapiHttpRequest Request => _request;

    protected AnswerEnvironment Environment => _environment;

    /// <summary>For the log.</summary>
    protected abstract long SessionId { get; }

    /// <summary>What the server has said in its head, whether or not the client heard it.</summary>
    protected IHttpResponseFeature ServerHead => _response;

    /// <summary>Whether the client has gone, and will never see this answer.</summary>
    protected bool IsAbortedByClient => _clientLifetime.RequestAborted.IsCancellationRequested;

    private bool IsEnding => Volatile.Read(ref _ending) is not null;

    // Whether the gate has answered, or is about to.
    private bool IsClosed => _response.IsClosed;

    /// <summary>Lets the server answer. Returns when it has come to its end, with the client answered by the one or the other.</summary>
    public async Task RunAsync(RequestDelegate server)
    {
        try
        {
            Install();
            _response.Relaying = RelayAsync();
            if (!IsClosed)
            {
                await ServeAsync(server).ConfigureAwait(false);
            }

            _response.Leave();
            await _response.Relaying.ConfigureAwait(false);
            if (_failure is not null && !_hasSpoken)
            {
                // A torn answer must look torn.
                ExceptionDispatchInfo.Throw(_failure);
            }
        }
        finally
        {
            await FinishAsync().ConfigureAwait(false);
            SetFeatures(_client, _clientBody, _clientLifetime, _clientReset, _clientTrailers);
            Leave();
        }
    }

    /// <summary>Ends the request as soon as its answer's form allows. From any thread, which may find itself writing to the client.</summary>
    public void End(Ending ending)
    {
        if (TryBeginEnd(ending, out var isRelayed))
        {
            if (isRelayed)
            {
                _ = TellServerAsync();
                Leave();
            }
            else
            {
                _response.Reader.CancelPendingRead();
            }
        }
    }

    /// <summary>The head of the server's answer is whole, and nothing of it has left. Returns what to say instead, if anything.</summary>
    /// <remarks>Runs where the server answers, as the next one does.</remarks>
    protected abstract Ending? AnswerStarting(IHttpResponseFeature head);

    /// <summary>More of the body has come than has left. Returns how to end the answer, if at all.</summary>
    /// <param name="body">As it would be with these bytes.</param>
    /// <param name="isLast">Whether nothing comes after them.</param>
    protected virtual Ending? AnswerContinuing(in InnerStream body, bool isLast) => null;

    /// <summary>The client has its answer, or never will. Called once.</summary>
    protected virtual void OnLeaving()
    {
    }

    /// <summary>Sets a cookie of the gate's with the server's answer, before that starts.</summary>
    protected void AddCookie(string setCookie) => _response.AddCookie(setCookie);

    protected virtual void Install() => SetFeatures(_response, _response, _lifetime, _lifetime, _response);

    private void SetFeatures(
        IHttpResponseFeature response, IHttpResponseBodyFeature body, IHttpRequestLifetimeFeature lifetime, IHttpResetFeature? reset, IHttpResponseTrailersFeature? trailers)
    {
        var features = Context.Features;
        features.Set(response);
        features.Set(body);
        features.Set(lifetime);
        if (_clientReset is not null)
        {
            features.Set(reset);
        }

        if (_clientTrailers is not null)
        {
            features.Set(trailers);
        }
    }

    private async Task ServeAsync(RequestDelegate server)
    {
        try
        {
            await server(Context).ConfigureAwait(false);
            await _response.RunStartingCallbacksAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _failure = exception;
            if (IsClosed)
            {
                // It was told to stop, and its client has been answered.
                HttpLog.ServerFailedAfterCut(_environment.Logger, exception, SessionId);
            }
        }
    }

    // The only writer. It runs where the server flushes, or where an end is asked for: at one place at a time, since it reads
    // one pipe.
    private async Task RelayAsync()
    {
        Exception? failure = null;
        try
        {
            var reader = _response.Reader;
            while (true)
            {
                var read = await reader.ReadAsync().ConfigureAwait(false);
                var hasFailed = read.IsCompleted && _failure is not null;
                var next = _sent;
                if (!hasFailed)
                {
                    Judge(read, ref next);
                }

                if ((IsEnding && await TryEndAsync().ConfigureAwait(false)) || hasFailed)
                {
                    return;
                }

                PassOnHead();
                _sent = next;
                if (read.IsCompleted)
                {
                    await PassOnEndAsync(read.Buffer).ConfigureAwait(false);
                    return;
                }

                var flushed = await PassOnAsync(read.Buffer).ConfigureAwait(false);
                reader.AdvanceTo(read.Buffer.End);
                if (flushed.IsCompleted)
                {
                    // Nobody is there to read on: so the server is told, too.
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            failure = exception;
            if (!IsEnding)
            {
                throw;
            }

            _clientLifetime.Abort();
            HttpLog.RequestAborted(_environment.Logger, exception, _request.Type, SessionId);
        }
        finally
        {
            EndRelay(failure);
        }
    }

    private void Judge(in ReadResult read, ref InnerStream next)
    {
        Ending? ending = null;
        if (!_isJudged && (read.IsCompleted || _response.HasBegun))
        {
            _isJudged = true;
            if (_response.Headers.ContentEncoding.Count > 0)
            {
                next.StopReading();
            }

            ending = IsEnding ? null : AnswerStarting(_response);
        }

        foreach (var piece in read.Buffer)
        {
            next.Advance(piece.Span);
        }

        ending ??= _isJudged && !IsEnding ? AnswerContinuing(next, read.IsCompleted) : null;
        if (ending is not null)
        {
            TryBeginEnd(ending, out _);
        }
    }

    private void PassOnHead()
    {
        if (!_isPassedOn)
        {
            _isPassedOn = true;
            if (_response.IsUnbuffered)
            {
                _clientBody.DisableBuffering();
            }

            _response.PassOnHead();
        }
    }

    private ValueTask<FlushResult> PassOnAsync(in ReadOnlySequence<byte> bytes)
    {
        var writer = _clientBody.Writer;
        if (bytes.IsSingleSegment && !bytes.IsEmpty)
        {
            // The head and the first bytes as one.
            return writer.WriteAsync(bytes.First);
        }

        Write(bytes);
        return writer.FlushAsync();
    }

    // What has not been flushed goes when the middleware has returned and all is said.
    private async ValueTask PassOnEndAsync(ReadOnlySequence<byte> bytes)
    {
        Write(bytes);
        _response.PassOnTrailers(_clientTrailers);
        if (_response.Failure is { } failure)
        {
            _clientBody.Writer.Complete(failure);
        }
        else if (_response.IsWhole)
        {
            await _clientBody.Writer.FlushAsync().ConfigureAwait(false);
            await _clientBody.CompleteAsync().ConfigureAwait(false);
        }
    }

    private void Write(in ReadOnlySequence<byte> bytes)
    {
        foreach (var piece in bytes)
        {
            _clientBody.Writer.Write(piece.Span);
        }
    }

    private async ValueTask<bool> TryEndAsync()
    {
        if (!TryGetLastWords(_ending!, out var words, out var code))
        {
            return false;
        }

        _hasSpoken = true;
        _ = TellServerAsync();
        await _clientBody.Writer.WriteAsync(words).ConfigureAwait(false);
        await _clientBody.CompleteAsync().ConfigureAwait(false);
        HttpLog.RequestEnded(_environment.Logger, _request.Type, SessionId, code);
        return true;
    }

    private bool TryGetLastWords(Ending ending, out ReadOnlyMemory<byte> words, out int code)
    {
        words = default;
        code = ending.Late.Code;
        if (!_isPassedOn)
        {
            code = ending.Whole.Code;
            words = ending.Whole.WriteHead(_client, _request, _environment);
            return true;
        }

        if (_client.Headers.ContentLength is { } length)
        {
            return length == _sent.Length;
        }

        if (_sent.TryGetLeadIn(out var leadIn))
        {
            words = ending.Late.ToEnd(leadIn, _request, _environment);
            return true;
        }

        return _sent.HasFailed;
    }

    private bool TryBeginEnd(Ending ending, out bool isRelayed)
    {
        lock (_lock)
        {
            isRelayed = _isRelayed;
            if (_ending is not null || _isOver)
            {
                return false;
            }

            Volatile.Write(ref _ending, ending);
            _impatience = _environment.Clock.CreateTimer(static request => ((RelayedRequest)request!).Abandon(), this, Patience, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    private void EndRelay(Exception? failure)
    {
        _response.Reader.Complete(failure);
        lock (_lock)
        {
            _isRelayed = true;
        }

        if (IsEnding)
        {
            _ = TellServerAsync();
            Leave();
        }
    }

    private void Abandon()
    {
        HttpLog.RequestAbandoned(_environment.Logger, _request.Type, SessionId, Patience.TotalSeconds);
        _clientLifetime.Abort();
        _ = TellServerAsync();
        Leave();
    }

    // Once the client has been answered, or given up.
    private async Task TellServerAsync()
    {
        if (Interlocked.Exchange(ref _isServerTold, 1) != 0)
        {
            return;
        }

        _response.Close();
        try
        {
            await _lifetime.EndAsync().ConfigureAwait(false);
        }
        catch (AggregateException exception)
        {
            HttpLog.ServerFailedAfterCut(_environment.Logger, exception, SessionId);
        }
    }

    // Whoever comes first: the answer, the server that has returned, or impatience.
    private void Leave()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
        {
            OnLeaving();
        }
    }

    // From here on an end comes too late.
    private async ValueTask FinishAsync()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        if (_impatience is not null)
        {
            // Waits for one that is running: the connection that it aborts must not be serving another request.
            await _impatience.DisposeAsync().ConfigureAwait(false);
        }

        _lifetime.Leave();
    }
}
