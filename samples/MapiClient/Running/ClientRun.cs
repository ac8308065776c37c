using MapiClient.Reporting;
using MapiClient.Sessions;

namespace MapiClient.Running;

/// <summary>Runs as many sessions as asked for, all over one connection pool.</summary>
internal static class ClientRun
{
    /// <summary>Logons under way at the same time.</summary>
    private const int RampUp = 64;

    /// <summary>More sessions than this get a line for each change instead of one for each session.</summary>
    private const int MaxSentences = 10;

    public static async Task<ExitCode> RunAsync(ClientOptions options, TextWriter output, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.Duration is { } duration)
        {
            stop.CancelAfter(duration);
        }

        // Each waiting session holds a connection of its own. The cookies belong to sessions, not to the pool.
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue, UseCookies = false, UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var ramp = new SemaphoreSlim(RampUp);
        await using var report = CreateReport(options, output, time);

        var ends = await Task.WhenAll(Enumerable.Range(1, options.Count).Select(index =>
            new SessionRun(index, new MapiHttpSession(http, options.Url, options.Identity), options, ramp, report, time).RunAsync(stop.Token)));
        return ends.Max();
    }

    private static IClientReport CreateReport(ClientOptions options, TextWriter output, TimeProvider time)
    {
        if (options.Json)
        {
            return new JsonReport(output, time);
        }

        return options.Count > MaxSentences
            ? new SummaryReport(output, time)
            : new SentenceReport(output, time, showSession: options.Count > 1);
    }
}
