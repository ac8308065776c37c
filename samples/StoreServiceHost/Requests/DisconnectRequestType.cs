using MapiGate.Protocol;
using StoreServiceHost.Contexts;

namespace StoreServiceHost.Requests;

/// <summary>Disconnect: the logoff. The context is gone, its cookies are worth nothing from here on.</summary>
internal sealed class DisconnectRequestType(ContextRequests requests, SessionContextTable contexts) : IEmsmdbRequest
{
    public string RequestType => MapiHttpRequestTypes.Disconnect;

    public async Task AnswerAsync(EmsmdbExchange exchange)
    {
        var body = await exchange.ReadBodyAsync();
        using var begun = await requests.BeginInSequenceAsync(exchange);
        if (begun is null)
        {
            return;
        }

        if (!DisconnectRequest.TryRead(body, out _))
        {
            await exchange.FailAsync(MapiHttpResponseCode.InvalidRequestBody, "The Disconnect body could not be read.");
            return;
        }

        contexts.End(begun.Context, ContextEnd.LoggedOff);
        await exchange.AnswerAsync(new DisconnectResponse().ToArray());
    }
}
