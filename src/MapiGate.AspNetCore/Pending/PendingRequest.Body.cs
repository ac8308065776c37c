using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

// The body of the response as the server behind sees it.
internal sealed partial class PendingRequest : IHttpResponseBodyFeature
{
    // Made when somebody asks: a server writes to the one or the other.
    private GuardedStream? _stream;
    private GuardedWriter? _writer;

    Stream IHttpResponseBodyFeature.Stream => Stream;

    PipeWriter IHttpResponseBodyFeature.Writer => _writer ??= new GuardedWriter(this);

    private GuardedStream Stream => _stream ??= new GuardedStream(this);

    void IHttpResponseBodyFeature.DisableBuffering() => _body.DisableBuffering();

    Task IHttpResponseBodyFeature.StartAsync(CancellationToken cancellationToken) =>
        WhileOpenAsync(static (_, _) => Task.CompletedTask, cancellationToken);

    Task IHttpResponseBodyFeature.SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    async Task IHttpResponseBodyFeature.CompleteAsync()
    {
        if (!IsCut)
        {
            await FlushWriterAsync().ConfigureAwait(false);
            await WhileOpenAsync(static (body, _) => body.CompleteAsync(), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task FlushWriterAsync()
    {
        if (_writer is { } writer)
        {
            await writer.CompleteAsync().ConfigureAwait(false);
        }
    }
}
