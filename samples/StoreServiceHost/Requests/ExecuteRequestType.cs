using MapiGate.Protocol;
using StoreServiceHost.Rops;

namespace StoreServiceHost.Requests;

/// <summary>Execute: remote operations on the mailbox, strictly one request after the other.</summary>
internal sealed class ExecuteRequestType(ContextRequests requests, RopExecutor rops) : IEmsmdbRequest
{
    public string RequestType => MapiHttpRequestTypes.Execute;

    public async Task AnswerAsync(EmsmdbExchange exchange)
    {
        var body = await exchange.ReadBodyAsync();
        using var begun = await requests.BeginInSequenceAsync(exchange);
        if (begun is null)
        {
            return;
        }

        if (!ExecuteRequest.TryRead(body, out var request))
        {
            await exchange.FailAsync(MapiHttpResponseCode.InvalidRequestBody, "The Execute body could not be read.");
            return;
        }

        await exchange.AnswerAsync(rops.Execute(begun.Context, request).ToArray());
    }
}
