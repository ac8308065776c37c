using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

// The body of the response as the server behind sees it.
internal sealed partial class PendingRequest : IHttpResponseBodyFeature
{
    private PipeWriter? _writer;

    Stream IHttpResponseBodyFeature.Stream => _stream;

    // Kestrel's own writer hands out its memory before anything is committed: there the gate's last words would be torn by
    // a server that still holds some. This one keeps its own until it is flushed.
    PipeWriter IHttpResponseBodyFeature.Writer => _writer ??= PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));

    void IHttpResponseBodyFeature.DisableBuffering() => _body.DisableBuffering();

    Task IHttpResponseBodyFeature.StartAsync(CancellationToken cancellationToken) =>
        WhileOpenAsync(static (_, _) => Task.CompletedTask, cancellationToken);

    Task IHttpResponseBodyFeature.SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
        SendFileFallback.SendFileAsync(_stream, path, offset, count, cancellationToken);

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
