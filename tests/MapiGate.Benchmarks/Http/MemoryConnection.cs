using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MapiGate.Benchmarks;

/// <summary>One connection to Kestrel without a socket: what is sent and answered is what is measured, on one thread.</summary>
internal sealed class MemoryConnection : IConnectionListenerFactory, IConnectionListener, IDuplexPipe
{
    private static readonly PipeOptions Inline = new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);

    private readonly Pipe _requests = new(Inline);
    private readonly Pipe _answers = new(Inline);
    private readonly TaskCompletionSource _unbound = new();
    private bool _isAccepted;

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>Where the client reads.</summary>
    public PipeReader Input => _answers.Reader;

    /// <summary>Where the client writes.</summary>
    public PipeWriter Output => _requests.Writer;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return new(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (_isAccepted)
        {
            await _unbound.Task;
            return null;
        }

        _isAccepted = true;
        var server = new ServerEnd(_requests.Reader, _answers.Writer);
        return new DefaultConnectionContext("1", server, server) { LocalEndPoint = EndPoint, RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 1) };
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _unbound.TrySetResult();
        return default;
    }

    public ValueTask DisposeAsync() => default;

    private sealed record ServerEnd(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
