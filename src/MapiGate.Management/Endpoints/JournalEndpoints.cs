using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MapiGate.Management;

/// <summary>The journal, at once or live as server-sent events.</summary>
internal sealed class JournalEndpoints
{
    // Each holds a connection and one entry; the journal itself forgets the oldest for a reader that is too slow.
    private const int MostReaders = 100;
    private const int MostAtOnce = 1200;

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);

    // Sequences begin anew with each start: whoever saw one of an earlier has seen nothing of this one.
    private readonly string _start = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    private int _readers;

    public static void Map(RouteGroupBuilder read) =>
        read.MapGet("journal", new JournalEndpoints().GetJournal).Produces<IReadOnlyList<JournalAnswer>>();

    private async Task<IResult> GetJournal(HttpContext http, string? after, string? limit)
    {
        var last = (http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } seen ? seen : after)?.Split('-') ?? [];
        var from = long.TryParse(last.LastOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (last.Length == 1 || last[0] == _start) ? number : 0;
        if (!http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            var most = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MostAtOnce) : MostAtOnce;
            return TypedResults.Json([.. http.Gate().Journal.Recent.Where(entry => entry.Sequence > from).TakeLast(most).Select(JournalAnswer.Of)], ManagementJson.Default.IReadOnlyListJournalAnswer);
        }

        if (Interlocked.Increment(ref _readers) > MostReaders)
        {
            Interlocked.Decrement(ref _readers);
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "Too many read along", $"{MostReaders} follow the journal already; close one.");
        }

        try
        {
            await StreamAsync(http, from).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the host stops.
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }

        return TypedResults.Empty;
    }

    private async Task StreamAsync(HttpContext http, long from)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await SendAsync("retry: 2000\n\n").ConfigureAwait(false);
        var entries = http.Gate().Journal.ReadAsync(from, ending.Token).GetAsyncEnumerator(ending.Token);
        await using var ended = entries.ConfigureAwait(false);
        var next = entries.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (!next.IsCompleted)
                {
                    await Task.WhenAny(next, Task.Delay(Pulse, TimeProvider.System, ending.Token)).ConfigureAwait(false);
                    if (!next.IsCompleted)
                    {
                        ending.Token.ThrowIfCancellationRequested();
                        await SendAsync("event: pulse\ndata: {}\n\n").ConfigureAwait(false);
                        continue;
                    }
                }

                await next.ConfigureAwait(false);
                var entry = JournalAnswer.Of(entries.Current);
                await SendAsync(string.Create(CultureInfo.InvariantCulture, $"id: {_start}-{entry.Sequence}\nevent: journal\ndata: {JsonSerializer.Serialize(entry, ManagementJson.Default.JournalAnswer)}\n\n")).ConfigureAwait(false);
                next = entries.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // A reader that still waits for the next entry cannot be disposed of.
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(next).ConfigureAwait(false);
        }

        async Task SendAsync(string text)
        {
            // Not by the stopping host's token: a write that is cancelled takes the connection with it, and the answer is torn.
            await http.Response.WriteAsync(text, http.RequestAborted).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
    }
}
