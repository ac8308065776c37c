using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.Gateway.Tests.Connections;

public class NothingLeftTests
{
    [Fact]
    public async Task AConnectionThatAuthenticated_IsTheServersForAsLongAsItsClientsIs()
    {
        var open = 0;
        await using var server = await TestServer.StartAsync(context =>
        {
            var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
            if (items.TryAdd("counted", true))
            {
                Interlocked.Increment(ref open);
                context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed.Register(() => Interlocked.Decrement(ref open));
            }

            return NtlmServer.AnswerAsync(context);
        });
        using var gateway = await RunningGateway.StartAsync(server.Url);
        NtlmClient[] clients = [.. Enumerable.Range(0, 300).Select(number => new NtlmClient(gateway.Url, $"user{number}"))];
        await Task.WhenAll(clients.Select(client => client.LogOnAsync(isPreEmptive: true)));
        Volatile.Read(ref open).Should().Be(300);

        Array.ForEach(clients, static client => client.Dispose());

        await BoundedWait.UntilAsync(() => Volatile.Read(ref open) == 0);
    }
}
