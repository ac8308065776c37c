using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Sessions;

public class PreviewRaceTests
{
    [Fact]
    public async Task Preview_WhileLogonsGoOn_NeverNamesMoreSessionsThanItExamined()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var denying = ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = Clients.Programs[0] });
        using var stop = new CancellationTokenSource();
        var host = Task.Factory.StartNew(() => LogOnAndOff(gatekeeper, stop.Token), TaskCreationOptions.LongRunning);

        for (var i = 0; i < 100_000; i++)
        {
            gatekeeper.Preview(denying).Remaining.Should().BeGreaterThanOrEqualTo(0);
        }

        await stop.CancelAsync();
        await host.WithinBounds();
    }

    private static void LogOnAndOff(Gatekeeper gatekeeper, CancellationToken stopped)
    {
        var client = new MapiClient { ProcessNames = [Clients.Programs[0]] };
        while (!stopped.IsCancellationRequested)
        {
            gatekeeper.TryLogon(client, out var session, out _);
            session!.Dispose();
        }
    }
}
