using System.Globalization;
using System.Runtime.CompilerServices;
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
        read.MapGet("journal", new JournalEndpoints().GetJournal).Produces<IReadOnlyList<JournalRow>>();

    private async Task<IResult> GetJournal(HttpContext http, string? after, string? limit)
    {
        var last = (http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } seen ? seen : after)?.Split('-') ?? [];
        var from = long.TryParse(last.LastOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (last.Length == 1 || last[0] == _start) ? number : 0;
        if (!http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            var most = int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MostAtOnce) : MostAtOnce;
            return TypedResults.Json(await ReadAsync(http, from, most).ConfigureAwait(false), ManagementJson.Default.IReadOnlyListJournalRow);
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

    // A number is one gate's own, and where to go on by it says nothing to the others.
    private static async Task<IReadOnlyList<JournalRow>> ReadAsync(HttpContext http, long from, int most)
    {
        if (http.FleetIfAny() is not { } fleet)
        {
            return [.. http.Gate().Journal.Recent.Where(entry => entry.Sequence > from).TakeLast(most).Select(entry => JournalRow.Of(entry) with { Gate = http.Fleet().GateName })];
        }

        var asked = await http.AskAsync(new JournalQuestion { Limit = most }).ConfigureAwait(false);
        return
        [
            .. asked.Answers.SelectMany(answer => answer.Value.Rows.Select(row => row with { Gate = answer.Key }))
                .Where(row => row.Gate != fleet.GateName || row.Sequence > from)
                .OrderBy(row => row.Time).ThenBy(row => row.Gate, StringComparer.Ordinal).ThenBy(row => row.Sequence)
                .TakeLast(most),
        ];
    }

    private async Task StreamAsync(HttpContext http, long from)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await SendAsync("retry: 2000\n\n").ConfigureAwait(false);
        var entries = Follow(http, from, ending.Token).GetAsyncEnumerator(ending.Token);
        await using var ended = entries.ConfigureAwait(false);
        var next = entries.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (!next.IsCompleted)
                {
                    await Task.WhenAny(next, Task.Delay(Pulse, TimeProvider.System, ending.Token)).ConfigureAwait(false);
                }

                if (!TokenAuthentication.IsStillKnown(http))
                {
                    // Whoever comes again is told why.
                    return;
                }

                if (!next.IsCompleted && !ending.IsCancellationRequested)
                {
                    await SendAsync("event: pulse\ndata: {}\n\n").ConfigureAwait(false);
                    continue;
                }

                await next.ConfigureAwait(false);
                var entry = entries.Current;
                await SendAsync($"{IdOf(http, entry)}event: journal\ndata: {JsonSerializer.Serialize(entry, ManagementJson.Default.JournalRow)}\n\n").ConfigureAwait(false);
                next = entries.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // Nobody may end a reading that is still on its way to the next.
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task SendAsync(string text)
        {
            // Not by the stopping host's token: a write that is cancelled takes the connection with it, and the answer is torn.
            await http.Response.WriteAsync(text, http.RequestAborted).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static IAsyncEnumerable<JournalRow> Follow(HttpContext http, long from, CancellationToken cancellationToken) => http.FleetIfAny() is { } fleet
        ? new FleetJournal(fleet, http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System).ReadAsync(cancellationToken)
        : FollowOne(http, from, cancellationToken);

    private static async IAsyncEnumerable<JournalRow> FollowOne(HttpContext http, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = http.Fleet().GateName;
        await foreach (var entry in http.Gate().Journal.ReadAsync(from, cancellationToken).ConfigureAwait(false))
        {
            yield return JournalRow.Of(entry) with { Gate = name };
        }
    }

    // Where many journals are one, none's number says where to go on: who comes again gets the last once more.
    private string IdOf(HttpContext http, JournalRow entry) =>
        http.FleetIfAny() is null ? string.Create(CultureInfo.InvariantCulture, $"id: {_start}-{entry.Sequence}\n") : string.Empty;
}
