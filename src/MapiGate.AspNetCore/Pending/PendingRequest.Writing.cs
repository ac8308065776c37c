using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.AspNetCore;

// Who may write to the client: the server until the cut, the gate after it, and never both.
internal sealed partial class PendingRequest
{
    private InnerStreamPosition _position;
    private int _writers;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        EnterWrite(cancellationToken);
        try
        {
            await StartAnswerAsync(cancellationToken).ConfigureAwait(false);
            _position.Advance(bytes.Span);
            await _body.Stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            LeaveWrite();
        }
    }

    /// <summary>Writes the one after the other and flushes them, as one write that a cut finds either whole or not begun.</summary>
    public async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> more, CancellationToken cancellationToken)
    {
        EnterWrite(cancellationToken);
        try
        {
            await StartAnswerAsync(cancellationToken).ConfigureAwait(false);
            _position.Advance(bytes.Span);
            _position.Advance(more.Span);
            var writer = _body.Writer;
            writer.Write(bytes.Span);

            // Kestrel takes a write of nothing for nothing to do, and would not flush what is there.
            var flushing = more.IsEmpty ? writer.FlushAsync(cancellationToken) : writer.WriteAsync(more, cancellationToken);
            return await flushing.ConfigureAwait(false);
        }
        finally
        {
            LeaveWrite();
        }
    }

    public void CancelPendingFlush() => _body.Writer.CancelPendingFlush();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        EnterWrite(CancellationToken.None);
        try
        {
            StartAnswer();
            _position.Advance(bytes);
            _body.Stream.Write(bytes);
        }
        finally
        {
            LeaveWrite();
        }
    }

    public async Task WhileOpenAsync(Func<IHttpResponseBodyFeature, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        EnterWrite(cancellationToken);
        try
        {
            await StartAnswerAsync(cancellationToken).ConfigureAwait(false);
            await write(_body, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            LeaveWrite();
        }
    }

    // Starting apart from the first write shows a cut that came before the head went out, while there is time to replace it.
    private async ValueTask StartAnswerAsync(CancellationToken cancellationToken)
    {
        if (!_response.HasStarted)
        {
            await _body.StartAsync(cancellationToken).ConfigureAwait(false);
            ThrowIfReplaced();
        }
    }

    private void StartAnswer()
    {
        if (!_response.HasStarted)
        {
            // A write of nothing: it throws where the host allows no synchronous writes, as it would without the gate.
            _body.Stream.Write([]);
            ThrowIfReplaced();
        }
    }

    private void ThrowIfReplaced()
    {
        if (_answer is not null)
        {
            throw new OperationCanceledException(AbortedToken);
        }
    }

    private void EnterWrite(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!TryEnterWrite())
        {
            throw new OperationCanceledException(AbortedToken);
        }
    }

    private bool TryEnterWrite()
    {
        lock (_lock)
        {
            _writers += _cut ? 0 : 1;
            return !_cut;
        }
    }

    private void LeaveWrite()
    {
        lock (_lock)
        {
            if (--_writers > 0 || !_cut)
            {
                return;
            }
        }

        // The cut came while this write was under way, and left the ending to it.
        _ = EndAsync();
    }
}
