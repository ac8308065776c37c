using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>
/// The response as the server behind sees it: a head of its own, and a pipe for the body. Nothing of it reaches the client but
/// through the gate's loop, which reads the pipe.
/// </summary>
/// <remarks>
/// Once the gate has answered in the server's place, the head looks started, what is set is not heard, and each write throws an
/// <see cref="OperationCanceledException"/>, so that a server deaf to its token ends too.
/// </remarks>
internal sealed class ServerResponse : IHttpResponseFeature, IHttpResponseBodyFeature, IHttpResponseTrailersFeature
{
    // As many headers as a MAPI/HTTP answer has.
    private const int UsualHeaders = 11;

    // The loop runs where the server flushes, so that an answer costs no change of threads. The server never runs where the
    // loop does: one that blocks would hold the loop up.
    private static readonly PipeOptions Options =
        new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.ThreadPool, useSynchronizationContext: false);

    // One for each answer. To use it again would save 500 bytes, and a server that writes on after its end would write into the
    // answer of somebody else.
    private readonly Pipe _pipe = new(Options);
    private readonly IHttpResponseFeature _client;
    private readonly ServerLifetime _lifetime;
    private readonly ServerBodyWriter _writer;
    private Stack<(Func<object, Task> Callback, object State)>? _starting;
    private IHeaderDictionary _headers;
    private IHeaderDictionary? _trailers;
    private ServerBodyStream? _stream;
    private int _statusCode;
    private string? _reasonPhrase;
    private string? _gateCookie;
    private volatile bool _hasStarted;
    private volatile bool _isPassedOn;
    private volatile bool _isClosed;

    public ServerResponse(HttpContext context, IHttpResponseFeature client, ServerLifetime lifetime)
    {
        Context = context;
        _client = client;
        _lifetime = lifetime;
        _writer = new ServerBodyWriter(this);
        _statusCode = client.StatusCode;
        _reasonPhrase = client.ReasonPhrase;
        _headers = new HeaderDictionary(UsualHeaders);
        Copy(client.Headers, _headers);
    }

    public HttpContext Context { get; }

    /// <summary>Where the server's bytes go.</summary>
    public PipeWriter Pipe => _pipe.Writer;

    /// <summary>What the loop reads. Completed when the server's task has ended.</summary>
    public PipeReader Reader => _pipe.Reader;

    /// <summary>Whether the server has begun to answer: until it has, nobody may.</summary>
    public bool HasBegun => _hasStarted;

    /// <summary>Whether the gate has answered in the server's place.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Whether the server has said that its answer is whole, before its task has ended.</summary>
    public bool IsWhole { get; private set; }

    public bool IsUnbuffered { get; private set; }

    /// <summary>The loop's task. Set before the server runs.</summary>
    public Task Relaying { get; set; } = Task.CompletedTask;

    /// <summary>What the server completed the body with, if that was a failure.</summary>
    public Exception? Failure => _writer.Failure;

    public int StatusCode
    {
        get => IsPassedOn ? _client.StatusCode : _statusCode;
        set
        {
            if (IsPassedOn)
            {
                _client.StatusCode = value;
            }
            else if (CanChangeHead())
            {
                _statusCode = value;
            }
        }
    }

    public string? ReasonPhrase
    {
        get => IsPassedOn ? _client.ReasonPhrase : _reasonPhrase;
        set
        {
            if (IsPassedOn)
            {
                _client.ReasonPhrase = value;
            }
            else if (CanChangeHead())
            {
                _reasonPhrase = value;
            }
        }
    }

    public IHeaderDictionary Headers
    {
        get => IsPassedOn ? _client.Headers : _headers;
        set
        {
            if (CanChangeHead())
            {
                _headers = value;
            }
        }
    }

    public IHeaderDictionary Trailers
    {
        get => _trailers ??= new HeaderDictionary();
        set => _trailers = value;
    }

    public bool HasStarted => _hasStarted || _isClosed;

    public Stream Stream => _stream ??= new ServerBodyStream(this, _writer);

    public PipeWriter Writer => _writer;

    [Obsolete("Use IHttpResponseBodyFeature.Stream instead.")]
    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => Context.Response.Body = value;
    }

    // From the moment on at which the head is the client's, what the host has registered in front of the gate edits that one.
    private bool IsPassedOn => _isPassedOn && !_isClosed;

    public void OnStarting(Func<object, Task> callback, object state)
    {
        if (CanChangeHead())
        {
            (_starting ??= new()).Push((callback, state));
        }
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _client.OnCompleted(callback, state);

    public void DisableBuffering() => IsUnbuffered = true;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        await RunStartingCallbacksAsync().ConfigureAwait(false);
        if (!_hasStarted)
        {
            Start();
            Reader.CancelPendingRead();
        }
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        if (_isClosed || IsWhole)
        {
            return;
        }

        await RunStartingCallbacksAsync().ConfigureAwait(false);
        Start();
        IsWhole = true;
        _pipe.Writer.Complete();

        // Where the loop ends, it may be somebody else's thread: one that ends the request, say.
        await Relaying.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    /// <summary>Lets what has been written go; the first time, the head before it.</summary>
    public ValueTask<FlushResult> FlushAsync(ReadOnlyMemory<byte> more, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        if (!_hasStarted)
        {
            if (_starting is not null)
            {
                return StartAndFlushAsync(more, cancellationToken);
            }

            Start();
        }

        if (more.IsEmpty && _pipe.Writer.UnflushedBytes == 0)
        {
            // The pipe takes that for nothing to tell its reader of.
            Reader.CancelPendingRead();
        }

        var flushing = more.IsEmpty ? _pipe.Writer.FlushAsync(cancellationToken) : _pipe.Writer.WriteAsync(more, cancellationToken);
        return flushing.IsCompletedSuccessfully && !_isClosed ? flushing : AwaitAsync(flushing);
    }

    /// <summary>What is done to a response just before it begins: by the server's own task, which may be all that has begun it.</summary>
    public async ValueTask RunStartingCallbacksAsync()
    {
        while (_starting is { Count: > 0 } && !_isClosed)
        {
            var (callback, state) = _starting.Pop();
            await callback(state).ConfigureAwait(false);
        }
    }

    /// <summary>The server's task has ended.</summary>
    public void Leave() => _pipe.Writer.Complete();

    /// <summary>Sets a cookie of the gate's beside those of the server's.</summary>
    public void AddCookie(string setCookie) => _gateCookie = setCookie;

    /// <summary>Gives the client the head.</summary>
    public void PassOnHead()
    {
        _client.StatusCode = _statusCode;
        _client.ReasonPhrase = _reasonPhrase;
        var headers = _client.Headers;
        if (headers.Count > 0)
        {
            headers.Clear();
        }

        Copy(_headers, headers);
        if (_gateCookie is not null)
        {
            headers.SetCookie = StringValues.Concat(headers.SetCookie, _gateCookie);
        }

        _isPassedOn = true;
    }

    public void PassOnTrailers(IHttpResponseTrailersFeature? client)
    {
        if (_trailers is not null && client is not null)
        {
            Copy(_trailers, client.Trailers);
        }
    }

    /// <summary>Hears no more of the server's.</summary>
    public void Close() => _isClosed = true;

    private static void Copy(IHeaderDictionary from, IHeaderDictionary to)
    {
        // Most are this class, and by it enumerated without an enumerator to be collected.
        if (from is HeaderDictionary own)
        {
            foreach (var (name, values) in own)
            {
                to[name] = values;
            }
        }
        else if (from.Count > 0)
        {
            foreach (var (name, values) in from)
            {
                to[name] = values;
            }
        }
    }

    private async ValueTask<FlushResult> StartAndFlushAsync(ReadOnlyMemory<byte> more, CancellationToken cancellationToken)
    {
        await RunStartingCallbacksAsync().ConfigureAwait(false);
        Start();
        return await FlushAsync(more, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<FlushResult> AwaitAsync(ValueTask<FlushResult> flushing)
    {
        var result = await flushing.ConfigureAwait(false);
        ThrowIfClosed();
        return result;
    }

    private void Start()
    {
        _starting = null;
        if (_headers is HeaderDictionary own)
        {
            own.IsReadOnly = true;
        }

        _hasStarted = true;
    }

    private bool CanChangeHead() =>
        _isClosed || (_hasStarted ? throw new InvalidOperationException("The response has already started.") : true);

    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw new OperationCanceledException(_lifetime.Aborted);
        }
    }
}
