using MapiGate.Protocol;

namespace MapiClient.Sessions;

/// <summary>
/// One MAPI/HTTP session, as a client holds it: logon, mailbox, long poll, logoff. It throws at nothing a server may
/// answer. Its methods are not for use by several threads at once.
/// </summary>
/// <param name="http">Shared by all sessions; it must keep no cookies of its own.</param>
/// <param name="endpoint">The mailbox endpoint.</param>
/// <param name="identity">What the client says about itself.</param>
internal sealed class MapiHttpSession(HttpClient http, Uri endpoint, ClientIdentity identity)
{
    private const int HomeLogon = 0x04;
    private const int PerMailboxReplicaIds = 0x01000000;

    private readonly MapiHttpExchange _exchange = new(http, endpoint, identity);

    /// <summary>Whether the last logon succeeded, and nothing has ended the session since.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>What the server calls the user.</summary>
    public string DisplayName { get; private set; } = identity.UserName;

    /// <summary>Logs on. The cookies of an earlier session go along, so that the server can give that one up first.</summary>
    public async Task<MapiAnswer> ConnectAsync(CancellationToken cancellationToken)
    {
        IsConnected = false;
        var request = new ConnectRequest { UserDn = identity.MailboxDn, AuxiliaryBuffer = identity.ToAuxiliaryBuffer() };
        var (answer, body) = await _exchange.SendAsync(MapiHttpRequestTypes.Connect, request.ToArray(), cancellationToken);
        if (!answer.IsSuccess)
        {
            return answer;
        }

        if (!ConnectResponse.TryRead(body.Span, out var response))
        {
            return MapiAnswer.Malformed("the Connect response");
        }

        answer = MapiAnswer.FromBody(response.StatusCode, response.ErrorCode);
        IsConnected = answer.IsSuccess;
        if (IsConnected && response.DisplayName.Length > 0)
        {
            DisplayName = response.DisplayName;
        }

        return answer;
    }

    /// <summary>Opens the user's own mailbox.</summary>
    public Task<MapiAnswer> OpenMailboxAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(
            new RopBuffer
            {
                Rops = new RopLogonRequest { Essdn = identity.MailboxDn, OpenFlags = HomeLogon | PerMailboxReplicaIds }.ToArray(),
                Handles = [RopBuffer.NoHandle],
            },
            ReadLogon,
            cancellationToken);

    /// <summary>
    /// Waits until the server has something to tell or the wait's time is up; goes and asks what there is, if anything.
    /// </summary>
    public async Task<MapiAnswer> WaitAsync(CancellationToken cancellationToken)
    {
        var (answer, body) = await _exchange.SendAsync(
            MapiHttpRequestTypes.NotificationWait, new NotificationWaitRequest().ToArray(), cancellationToken);
        if (!answer.IsSuccess)
        {
            return Note(answer);
        }

        if (!NotificationWaitResponse.TryRead(body.Span, out var response))
        {
            return MapiAnswer.Malformed("the NotificationWait response");
        }

        answer = MapiAnswer.FromBody(response.StatusCode, response.ErrorCode);
        return answer.IsSuccess && response.EventPending
            ? await ExecuteAsync(new RopBuffer(), _ => MapiAnswer.Success, cancellationToken)
            : answer;
    }

    /// <summary>Logs off.</summary>
    public async Task<MapiAnswer> DisconnectAsync(CancellationToken cancellationToken)
    {
        IsConnected = false;
        var (answer, body) = await _exchange.SendAsync(MapiHttpRequestTypes.Disconnect, new DisconnectRequest().ToArray(), cancellationToken);
        if (!answer.IsSuccess)
        {
            return answer;
        }

        return DisconnectResponse.TryRead(body.Span, out var response)
            ? MapiAnswer.FromBody(response.StatusCode, response.ErrorCode)
            : MapiAnswer.Malformed("the Disconnect response");
    }

    private async Task<MapiAnswer> ExecuteAsync(RopBuffer rops, Func<RopBuffer, MapiAnswer> read, CancellationToken cancellationToken)
    {
        // 1 and 2: the answer neither compressed nor obfuscated.
        var request = new ExecuteRequest { Flags = 1 | 2, RopBuffer = rops.ToArray() };
        var (answer, body) = await _exchange.SendAsync(MapiHttpRequestTypes.Execute, request.ToArray(), cancellationToken);
        if (!answer.IsSuccess)
        {
            return Note(answer);
        }

        if (!ExecuteResponse.TryRead(body.Span, out var response))
        {
            return MapiAnswer.Malformed("the Execute response");
        }

        answer = MapiAnswer.FromBody(response.StatusCode, response.ErrorCode);
        if (!answer.IsSuccess)
        {
            return answer;
        }

        return RopBuffer.TryRead(response.RopBuffer.Span, out var results, out _) ? read(results) : MapiAnswer.Malformed("the ROP response");
    }

    private static MapiAnswer ReadLogon(RopBuffer results) =>
        RopLogonResponse.TryRead(results.Rops.Span, out var logon)
            ? MapiAnswer.FromBody(0, logon.ReturnValue)
            : MapiAnswer.Malformed("the RopLogon response");

    /// <summary>A session that the server no longer knows needs no logoff.</summary>
    private MapiAnswer Note(MapiAnswer answer)
    {
        IsConnected &= answer.Kind != AnswerKind.Cut;
        return answer;
    }
}
