using System.Collections.Concurrent;
using System.Text.Json;
using MapiGate.Fleet.Tests.Processes;
using MapiGate.Fleet.Tests.Servers;
using MapiGate.Management.Tests.Browser;
using Microsoft.Playwright;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>
/// Reads without end what the page of a gate shows, in a browser, and what <c>mapigate gates</c> prints that asks it, through all
/// that is done to the fleet meanwhile. <see cref="Truthfulness"/> tells what each statement is held against.
/// </summary>
internal sealed class Witness : IAsyncDisposable
{
    // The page asks again after ten seconds at the latest, and an answer may take as long as the servers are waited for.
    private static readonly TimeSpan PageIsBehind = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan UntilCurrent = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentQueue<Reading> _readings = new();
    private readonly CancellationTokenSource _end = new();
    private readonly GateProcess _asked;
    private readonly OpenPage _page;
    private readonly Task _reading;

    private Witness(GateProcess asked, OpenPage page)
    {
        (_asked, _page) = (asked, page);
        _reading = Task.WhenAll(RepeatAsync(ReadPageAsync), RepeatAsync(ReadMapigateAsync));
    }

    public static async Task<Witness> StartAsync(GateProcess asked)
    {
        // On a busy machine a server may have refused the first connection for want of time, and that is shown for a minute.
        await Eventually.TrueAsync(async () => (await asked.GetAsync("status"))["isCurrent"]!.GetValue<bool>(), UntilCurrent, () => asked.LastLines);
        return new(asked, await OpenPage.AsAdministratorAsync(new Uri(asked.ManagementUrl), asked.Token));
    }

    /// <summary>Ends, and holds all that was read against what the fleet did.</summary>
    /// <returns>What was read.</returns>
    public async Task<IReadOnlyList<Reading>> ShouldHaveReadTheTruthAsync(RunningFleet fleet)
    {
        await _end.CancelAsync();
        await _reading;
        var faults = new Truthfulness(fleet).FindFaults([.. _readings]).ToList();
        faults.Should().BeEmpty("{0} of {1} readings of {2}:\n{3}", faults.Count, _readings.Count, _asked.Name, string.Join('\n', faults));
        _readings.Select(reading => reading.Reader).Distinct().Should().HaveCount(2);
        return [.. _readings];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        await _page.DisposeAsync();
        _end.Dispose();
    }

    /// <summary>Waits until both have said this of a gate: the page is behind.</summary>
    public async Task BothSayAsync(string gate, string state) => await Eventually.TrueAsync(
        () => Task.FromResult(_readings.Where(reading => reading.Rows.Any(row => row.Gate == gate && row.State == state)).Select(reading => reading.Reader).Distinct().Count() == 2),
        2 * PageIsBehind,
        () => $"Not both have said that {gate} is {state}.");

    private async Task RepeatAsync(Func<Task<Reading?>> readAsync)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            do
            {
                if (await readAsync() is { Rows.Count: > 0 } reading)
                {
                    _readings.Enqueue(reading);
                }
            }
            while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task<Reading?> ReadPageAsync()
    {
        var now = TimeProvider.System.GetTimestamp();
        var seen = await _page.Page.EvaluateAsync<JsonElement>("""
            () => ({
              isLost: !document.getElementById('lost').hidden,
              total: document.getElementById('gates-total').textContent,
              rows: [...document.querySelectorAll('#gates tr')].map(row => [row.cells[0].innerText, row.querySelector('.state').textContent, row.cells[2].innerText, row.cells[3].innerText]),
            })
            """);

        // It says itself that what one sees may be old.
        return seen.GetProperty("isLost").GetBoolean() ? null : new Reading(
            "the page",
            _asked,
            now - (long)(PageIsBehind.TotalSeconds * TimeProvider.System.TimestampFrequency),
            TimeProvider.System.GetTimestamp(),
            [.. seen.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetString()!).ToArray()).Select(row => Statement.OfPage(row[0], row[1], row[2], row[3]))],
            seen.GetProperty("total").GetString());
    }

    private async Task<Reading?> ReadMapigateAsync()
    {
        var now = TimeProvider.System.GetTimestamp();
        var said = await Truth.GatesAsync(_asked);
        return said is null ? null : new Reading(
            "mapigate",
            _asked,
            now,
            TimeProvider.System.GetTimestamp(),
            [.. said.Select(gate => Statement.Of(
                gate!["name"]!.GetValue<string>(),
                gate["state"]!.GetValue<string>(),
                new PolicyPosition(gate["epoch"]!.GetValue<long>(), gate["generation"]!.GetValue<long>()),
                gate["ageSeconds"]!.GetValue<double>(),
                0.05))],
            null);
    }
}
