using System.Runtime.CompilerServices;

namespace MapiGate.Gateway.Connections;

/// <summary>A stream that says once that its other end, or whoever reads it, has closed it.</summary>
internal sealed class ClosingStream(Stream inner, Action closed) : Stream
{
    // Its end is met by the reader, and by whoever disposes it.
    private readonly StrongBox<int> _said = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = -1;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return read;
        }
        finally
        {
            // Nothing asked for and nothing read is a wait for the first byte, and no end.
            if (read < 0 || (read == 0 && buffer.Length > 0))
            {
                SayClosed();
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            SayClosed();
        }

        base.Dispose(disposing);
    }

    private void SayClosed()
    {
        if (Interlocked.Exchange(ref _said.Value, 1) == 0)
        {
            closed();
        }
    }
}
