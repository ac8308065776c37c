namespace MapiGate.AspNetCore;

/// <summary>The response's body as a stream for the server behind: each write asks the request whether the server may still speak.</summary>
internal sealed class GuardedStream(PendingRequest request) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        request.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        request.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        request.WhileOpenAsync(static (body, token) => body.Stream.FlushAsync(token), cancellationToken);

    public override void Write(ReadOnlySpan<byte> buffer) => request.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => request.Write(buffer.AsSpan(offset, count));

    public override void Flush() => request.Write([]);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
