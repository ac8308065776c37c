using System.IO.Pipelines;

namespace MapiGate.AspNetCore;

/// <summary>The response's body as a pipe for the server behind: the first flush starts the response.</summary>
internal sealed class ServerBodyWriter(ServerResponse response) : PipeWriter
{
    private bool _isCompleted;

    /// <summary>What the server completed the body with.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => response.Pipe.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ThrowIfCompleted();
        return response.Pipe.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        ThrowIfCompleted();
        return response.Pipe.GetSpan(sizeHint);
    }

    public override void Advance(int bytes) => response.Pipe.Advance(bytes);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        response.FlushAsync(default, cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        ThrowIfCompleted();
        return response.FlushAsync(source, cancellationToken);
    }

    public override void CancelPendingFlush() => response.Pipe.CancelPendingFlush();

    /// <summary>Takes no more. The answer ends with the server's task, and what has not been flushed goes then, unless it failed.</summary>
    public override void Complete(Exception? exception = null)
    {
        _isCompleted = true;
        Failure ??= exception;
    }

    private void ThrowIfCompleted()
    {
        if (_isCompleted)
        {
            throw new InvalidOperationException("Writing is not allowed after the writer was completed.");
        }
    }
}
