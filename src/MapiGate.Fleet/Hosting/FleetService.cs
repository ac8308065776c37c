using Microsoft.Extensions.Hosting;

namespace MapiGate.Fleet;

/// <summary>Connects and follows for as long as the host runs. Its start waits for nobody.</summary>
internal sealed class FleetService(FleetConnections connections, DocumentListener listener, GateReporter reporter, GateAnswerer answerer) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        connections.Start();
        try
        {
            await Task.WhenAll(listener.RunAsync(stoppingToken), reporter.RunAsync(stoppingToken), answerer.RunAsync(stoppingToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
