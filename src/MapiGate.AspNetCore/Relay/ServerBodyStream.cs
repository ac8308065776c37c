using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

/// <summary>The response's body as a stream for the server behind: each write goes out at once, and a synchronous one where the host allows it.</summary>
internal sealed class ServerBodyStream(ServerResponse response, PipeWriter writer) : Stream
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

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await writer.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        writer.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => writer.FlushAsync(cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsMemory(offset, count));

    public override void Flush() => Write(ReadOnlyMemory<byte>.Empty);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        if (response.Context.Features.Get<IHttpBodyControlFeature>() is { AllowSynchronousIO: false })
        {
            throw new InvalidOperationException("Synchronous operations are disallowed. Call WriteAsync or set AllowSynchronousIO to true instead.");
        }

        writer.WriteAsync(bytes).AsTask().GetAwaiter().GetResult();
    }
}
