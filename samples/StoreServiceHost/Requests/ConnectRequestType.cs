using MapiGate.AspNetCore;
using MapiGate.Protocol;
using StoreServiceHost.Contexts;
using StoreServiceHost.Logging;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Requests;

/// <summary>Connect: a logon. The gate has judged the client by now; whether the mailbox is the user's is judged here.</summary>
/// <remarks>A refusal sets no cookie: by that the gate knows that no session came of the logon it let in.</remarks>
internal sealed class ConnectRequestType(SessionContextTable contexts, MailboxDirectory mailboxes, HostLog log) : IEmsmdbRequest
{
    // What clients are told about polling and retrying, in milliseconds and times: gromox's defaults.
    private const uint PollsMax = 60_000;
    private const uint RetryCount = 6;
    private const uint RetryDelay = 10_000;

    public string RequestType => MapiHttpRequestTypes.Connect;

    public async Task AnswerAsync(EmsmdbExchange exchange)
    {
        if (!ConnectRequest.TryRead(await exchange.ReadBodyAsync(), out var request))
        {
            await exchange.FailAsync(MapiHttpResponseCode.InvalidRequestBody, "The Connect body could not be read.");
            return;
        }

        // A client that lost its context's answer sends the old cookies along: that context is given up first.
        if (exchange.Cookie(ContextCookies.Context) is { } old && contexts.TryFind(old, exchange.Mailbox.Owner, out var replaced))
        {
            contexts.End(replaced, ContextEnd.Replaced);
        }

        var refusal = JudgeMailbox(request.UserDn, exchange.Mailbox);
        if (refusal != MapiErrorCode.Success)
        {
            log.NoMailbox(exchange.Mailbox.Owner, $"0x{(uint)refusal:X}, {ClientText.Clean(request.UserDn)} is not this user's mailbox");
            await exchange.AnswerAsync(ConnectResponse.Refused(refusal).ToArray());
            return;
        }

        var context = contexts.Open(exchange.Mailbox, exchange.Http.Features.Get<IMapiSessionFeature>()?.Session);
        exchange.SetCookie(ContextCookies.Context, context.Id);
        exchange.SetCookie(ContextCookies.Sequence, context.FirstSequence);
        await exchange.AnswerAsync(new ConnectResponse
        {
            PollsMax = PollsMax,
            RetryCount = RetryCount,
            RetryDelay = RetryDelay,
            DisplayName = exchange.Mailbox.DisplayName,
        }.ToArray());
    }

    private MapiErrorCode JudgeMailbox(string userDn, Mailbox own)
    {
        if (userDn.Length == 0)
        {
            return MapiErrorCode.AccessDenied;
        }

        if (!mailboxes.TryFindByDn(userDn, out var asked))
        {
            return MapiErrorCode.UnknownUser;
        }

        return asked == own ? MapiErrorCode.Success : MapiErrorCode.AccessDenied;
    }
}
