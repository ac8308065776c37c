using MapiGate.Protocol;
using StoreServiceHost.Contexts;

namespace StoreServiceHost.Requests;

/// <summary>
/// PING: is the server there? With a context's cookie it keeps that context alive as well. It has no body, and
/// without a cookie it asks about the server alone.
/// </summary>
internal sealed class PingRequestType(ContextRequests requests) : IEmsmdbRequest
{
    public string RequestType => MapiHttpRequestTypes.Ping;

    public async Task AnswerAsync(EmsmdbExchange exchange)
    {
        if (exchange.Cookie(ContextCookies.Context) is null)
        {
            await exchange.AnswerAsync(ReadOnlyMemory<byte>.Empty);
            return;
        }

        using var begun = await requests.BeginOverlappingAsync(exchange);
        if (begun is not null)
        {
            await exchange.AnswerAsync(ReadOnlyMemory<byte>.Empty);
        }
    }
}
