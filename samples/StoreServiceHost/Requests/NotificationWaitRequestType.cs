using MapiGate.Protocol;
using Microsoft.Extensions.Options;
using StoreServiceHost.Contexts;

namespace StoreServiceHost.Requests;

/// <summary>
/// NotificationWait: the long poll by which a client hears of new mail. This store has none, so a poll ends when its
/// time is up, when a later one takes its place, or with its session.
/// </summary>
internal sealed class NotificationWaitRequestType(
    ContextRequests requests, IOptions<ContextOptions> options, TimeProvider time, IHostApplicationLifetime host) : IEmsmdbRequest
{
    private static readonly byte[] NoEvent = new NotificationWaitResponse().ToArray();

    public string RequestType => MapiHttpRequestTypes.NotificationWait;

    public async Task AnswerAsync(EmsmdbExchange exchange)
    {
        var body = await exchange.ReadBodyAsync();
        using var begun = await requests.BeginOverlappingAsync(exchange);
        if (begun is null)
        {
            return;
        }

        if (!NotificationWaitRequest.TryRead(body, out _))
        {
            await exchange.FailAsync(MapiHttpResponseCode.InvalidRequestBody, "The NotificationWait body could not be read.");
            return;
        }

        await exchange.BeginAsync();
        await WaitAsync(exchange, begun.Context);
        await FinishAsync(exchange, begun.Context);
    }

    /// <summary>Waits until the poll has to end, with a sign of life every pending period.</summary>
    private async Task WaitAsync(EmsmdbExchange exchange, SessionContext context)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            [exchange.Aborted, context.StartWait(), host.ApplicationStopping]);
        var startedAt = time.GetTimestamp();
        while (true)
        {
            var remaining = options.Value.MaxWait - time.GetElapsedTime(startedAt);
            if (remaining <= TimeSpan.Zero)
            {
                return;
            }

            var isLast = remaining <= options.Value.PendingPeriod;
            await Task.Delay(isLast ? remaining : options.Value.PendingPeriod, time, ending.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (isLast || ending.IsCancellationRequested)
            {
                return;
            }

            await exchange.WritePendingAsync();
        }
    }

    private async Task FinishAsync(EmsmdbExchange exchange, SessionContext context)
    {
        if (exchange.Aborted.IsCancellationRequested)
        {
            // Cut: the gate writes the ending of every answer that was under way. Or nobody is there to read one.
            return;
        }

        var code = context.HasEnded ? MapiHttpResponseCode.ContextNotFound
            : host.ApplicationStopping.IsCancellationRequested ? MapiHttpResponseCode.EndpointShuttingDown
            : MapiHttpResponseCode.Success;
        await exchange.FinishAsync(code, code == MapiHttpResponseCode.Success ? NoEvent : ReadOnlyMemory<byte>.Empty);
    }
}
