using System.Buffers;
using MapiGate.Protocol;

namespace MapiGate.AspNetCore;

// How a request is ended by the gate, in the form that the response's state still allows.
internal sealed partial class PendingRequest
{
    private GateAnswer? _answer;

    private TimeProvider Clock => _owner.Table.TimeProvider;

    private async Task EndAsync()
    {
        try
        {
            if (!_response.HasStarted)
            {
                ReplaceHead();
            }

            if (_answer is { } answer)
            {
                await CompleteWithAsync(answer.Body).ConfigureAwait(false);
                HttpLog.RequestEnded(_owner.Table.Logger, _request.Type, Session.Id, (int)answer.Code);
            }
            else if (TryEndInnerStream(out var ending))
            {
                await CompleteWithAsync(ending).ConfigureAwait(false);
                HttpLog.RequestEnded(_owner.Table.Logger, _request.Type, Session.Id, (int)MapiHttpResponseCode.ContextNotFound);
            }
            else if (_response.Headers.ContentLength != _position.Length)
            {
                // Neither a whole answer nor one that can be ended: a lost connection is a read failure, after which the
                // client connects again and is refused.
                _lifetime.Abort();
                HttpLog.RequestAborted(_owner.Table.Logger, null, _request.Type, Session.Id);
            }
        }
        catch (Exception exception)
        {
            _lifetime.Abort();
            HttpLog.RequestAborted(_owner.Table.Logger, exception, _request.Type, Session.Id);
        }
        finally
        {
            _ended!.TrySetResult();
            Leave();
        }
    }

    // A Connect that has not been answered gets the refusal that it would get now; a request on a context that is gone, code 10.
    private void ReplaceHead()
    {
        _answer ??= _request.IsConnect ? CreateRefusal() : GateAnswer.ContextNotFound;
        _response.Headers.Clear();
        _answer.WriteHead(_context, _response);
    }

    private GateAnswer CreateRefusal()
    {
        var elapsed = Clock.GetElapsedTime(_request.StartedAt);
        return ConnectRefusal.Create(elapsed, Clock.GetUtcNow() - elapsed);
    }

    // The late form: the outer header said 0 long ago, so the code goes after DONE, where the last one counts.
    private bool TryEndInnerStream(out ReadOnlyMemory<byte> ending)
    {
        ending = default;
        var headers = _response.Headers;
        if (headers.ContentLength is not null || headers.ContentEncoding.Count > 0 || !_position.TryGetLeadIn(out var leadIn))
        {
            return false;
        }

        var writer = new ArrayBufferWriter<byte>(128);
        writer.Write(leadIn);
        var elapsed = Clock.GetElapsedTime(_request.StartedAt);
        MapiHttpFraming.WriteDone(writer, MapiHttpResponseCode.ContextNotFound, elapsed, Clock.GetUtcNow() - elapsed);
        ending = writer.WrittenMemory;
        return true;
    }

    private async Task CompleteWithAsync(ReadOnlyMemory<byte> bytes)
    {
        // By the writer, which may still hold what a write of the server's that failed has left there: it comes first.
        await _body.Writer.WriteAsync(bytes).ConfigureAwait(false);
        await _body.CompleteAsync().ConfigureAwait(false);
    }
}
