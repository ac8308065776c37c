using System.Buffers;
using System.IO.Pipelines;

namespace MapiGate.AspNetCore;

/// <summary>The response's body as a pipe for the server behind: what it writes is kept here until it is flushed, and then goes out at once.</summary>
/// <remarks>
/// Kestrel's own writer hands out its memory before anything is committed: there the gate's last words would be torn by a
/// server that still holds some. The framework's writer over a stream would do, but costs an Execute as much as the rest of
/// the gate: it sends a response's first lines and its body apart, and flushes what has been flushed.
/// </remarks>
internal sealed class GuardedWriter(PendingRequest request) : PipeWriter
{
    private const int SmallestBuffer = 4096;

    private byte[] _buffer = [];
    private int _length;
    private bool _isCompleted;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, _buffer.Length - _length);
        _length += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        request.WriteAsync(TakeBuffered(), default, cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        request.WriteAsync(TakeBuffered(), source, cancellationToken);

    public override void CancelPendingFlush() => request.CancelPendingFlush();

    /// <summary>Takes no more; what has not been flushed goes out when the request ends.</summary>
    public override void Complete(Exception? exception = null)
    {
        _isCompleted = true;
        if (exception is not null)
        {
            _length = 0;
        }
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        Complete(exception);
        if (_length > 0)
        {
            await FlushAsync().ConfigureAwait(false);
        }

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // Once only, whatever becomes of the write.
    private ReadOnlyMemory<byte> TakeBuffered()
    {
        var buffered = _buffer.AsMemory(0, _length);
        _length = 0;
        return buffered;
    }

    private void MakeRoom(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_isCompleted)
        {
            throw new InvalidOperationException("Writing is not allowed after the writer was completed.");
        }

        var needed = _length + Math.Max(sizeHint, 1);
        if (needed > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(SmallestBuffer, 2 * _buffer.Length)));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}
