using System.Globalization;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

// What the gate learns from the head of the server's answer, just before the client can see it.
internal sealed partial class PendingRequest
{
    private bool _observed;

    private Task AnswerStarting()
    {
        if (_answer is not null)
        {
            // The gate's own answer is starting.
            return Task.CompletedTask;
        }

        if (!IsCut)
        {
            ObserveAnswer();
        }

        if (IsCut)
        {
            // Just in time: the server's write that started the response finds that it has become the gate's.
            ReplaceHead();
        }

        return Task.CompletedTask;
    }

    // An answer without a body starts only after the whole pipeline has returned, when this request is no longer pending.
    private void ObserveAnswerWithoutBody()
    {
        if (!_response.HasStarted && TryEnterWrite())
        {
            try
            {
                ObserveAnswer();
            }
            finally
            {
                LeaveWrite();
            }
        }
    }

    private void ObserveAnswer()
    {
        if (_observed)
        {
            return;
        }

        _observed = true;
        if (Session.IsDisconnected)
        {
            // The policy has spoken, and its notice has not come round yet: no answer of the server's starts any more.
            Cut();
            return;
        }

        var code = ReadCode();
        if (code == MapiHttpResponseCode.ContextNotFound)
        {
            // The server's own expiry, or its own administrator. A stranger who shows this cookie gets the same code from it
            // (MS-OXCMAPIHTTP: the context belongs to another user), and must not end the owner's session.
            if (string.Equals(ConnectingClient.AuthenticatedUser(_context), Session.Client.UserName, StringComparison.OrdinalIgnoreCase))
            {
                _owner.Release();
            }

            return;
        }

        ReadExpiration();
        if (code == MapiHttpResponseCode.Success)
        {
            ReadCookies();
            if (_request.IsDisconnect)
            {
                _owner.Release();
            }
        }
    }

    private MapiHttpResponseCode? ReadCode() =>
        _response.StatusCode == StatusCodes.Status200OK
        && _response.Headers.TryGetValue(MapiHttpHeaders.ResponseCode, out var sent)
        && int.TryParse(sent.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (MapiHttpResponseCode)code
            : null;

    private void ReadExpiration()
    {
        if (_response.Headers.TryGetValue(MapiHttpHeaders.ExpirationInfo, out var sent)
            && uint.TryParse(sent.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            _owner.ExpireAfter(TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    private void ReadCookies()
    {
        if (_request.IsConnect && _lifetime.RequestAborted.IsCancellationRequested)
        {
            // The client has gone before it was answered: it will never present this cookie.
            return;
        }

        foreach (var setCookie in _response.Headers.SetCookie)
        {
            if (_owner.Table.TryReadSetCookie(setCookie, out var value) && !_owner.TryTie(value) && _request.IsConnect)
            {
                // Disconnected this very moment.
                Cut();
            }
        }
    }
}
