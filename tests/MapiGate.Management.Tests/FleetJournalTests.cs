using System.Text.Json.Nodes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MapiGate.Management.Tests;

/// <summary>The journals of all gates as one: each entry once, whatever a gate does meanwhile.</summary>
public sealed class FleetJournalTests : IAsyncDisposable
{
    private readonly SteppedClock _clock = new();
    private readonly JournalFleet _fleet = new();
    private readonly Gatekeeper _a = Gate();
    private readonly Gatekeeper _b = Gate();
    private readonly List<IDisposable> _open = [];
    private ManagedGate? _host;
    private StreamReader? _stream;

    public FleetJournalTests()
    {
        _fleet.Add("gate-a", _a);
        _fleet.Add("gate-b", _b);
    }

    [Fact]
    public async Task EntriesOfAllGates_ComeOnce_HoweverOftenTheyAreAsked()
    {
        Refuse(_a, 2);
        Refuse(_b, 1);

        (await ReadAsync(3)).Should().BeEquivalentTo(new[] { ("gate-a", 1L, 0L), ("gate-a", 2L, 0L), ("gate-b", 1L, 0L) });
        Refuse(_b, 1);
        (await ReadAsync(1)).Should().Equal(("gate-b", 2L, 0L));
        Refuse(_a, 1);
        (await ReadAsync(1)).Should().Equal(("gate-a", 3L, 0L));
        _fleet.Asked.Should().BeGreaterThan(2);
    }

    [Fact]
    public async Task WhatAGateForgotBetweenTwoQuestions_IsCounted_AndNothingElseIsLost()
    {
        Refuse(_a, 1);
        await ReadAsync(1);

        Refuse(_a, 1005);

        (await ReadAsync(1000)).Should().Equal(Enumerable.Range(7, 1000).Select(number => ("gate-a", (long)number, number == 7 ? 5L : 0L)), "it keeps a thousand, and five more came");
        Refuse(_b, 1);
        (await ReadAsync(1)).Should().Equal(("gate-b", 1L, 0L));
    }

    [Fact]
    public async Task AGateThatBeginsAnew_IsReadFromItsBeginning()
    {
        Refuse(_a, 3);
        await ReadAsync(3);
        var anew = Gate();
        _open.Add(anew);
        Refuse(anew, 2);

        _fleet.Add("gate-a", anew);

        (await ReadAsync(2)).Should().Equal(("gate-a", 1L, 0L), ("gate-a", 2L, 0L));
        Refuse(anew, 2);
        (await ReadAsync(2)).Should().Equal(("gate-a", 3L, 0L), ("gate-a", 4L, 0L));
    }

    [Fact]
    public async Task AGateThatGaveNoAnswerForAWhile_GoesOnWhereItWas()
    {
        Refuse(_a, 2);
        await ReadAsync(2);
        _fleet.Answers.TryRemove("gate-a", out var answer);
        Refuse(_a, 2);
        Refuse(_b, 1);
        (await ReadAsync(1)).Should().Equal(("gate-b", 1L, 0L));

        _fleet.Answers["gate-a"] = answer!;

        (await ReadAsync(2)).Should().Equal(("gate-a", 3L, 0L), ("gate-a", 4L, 0L));
    }

    [Fact]
    public async Task AGateThatBearsAnothersNumber_HidesNoneOfItsEntries()
    {
        var start = (await new JournalQuestion().AnswerAsync(_b, null, CancellationToken.None)).Start;
        Refuse(_b, 1);
        var lie = JournalRow.Of(_b.Journal.Recent[0]) with { Sequence = 1L << 40 };
        _fleet.Answers["a liar"] = _ => Task.FromResult(new GateJournalRows(start, [lie], HasMore: false));
        await ReadAsync(2);

        Refuse(_b, 2);

        (await ReadAsync(2)).Should().Equal(("gate-b", 2L, 0L), ("gate-b", 3L, 0L));
    }

    [Fact]
    public async Task AGateThatAlwaysHasMore_HasNobodyAskWithoutAPause()
    {
        Refuse(_a, 1);
        _fleet.Answers["a liar"] = _ => Task.FromResult(new GateJournalRows("0", [], HasMore: true));
        await ReadAsync(1);
        var asked = _fleet.Asked;

        await BoundedWait.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _fleet.Asked > asked;
        });

        // No time passes, and somebody waits for it.
        await BoundedWait.UntilAsync(() => _clock.ActiveTimers > 0);
    }

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(open => open.Dispose());
        if (_host is not null)
        {
            await _host.StopAsync();
            await _host.DisposeAsync();
        }

        _a.Dispose();
        _b.Dispose();
    }

    private static Gatekeeper Gate() => new(ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = "one.exe" }));

    private static void Refuse(Gatekeeper gate, int times)
    {
        for (var i = 0; i < times; i++)
        {
            gate.TryLogon(ManagedGate.Client("one.exe"), out _, out _).Should().BeFalse();
        }
    }

    // Time passes until they have come.
    private async Task<IReadOnlyList<(string Gate, long Sequence, long Missed)>> ReadAsync(int entries)
    {
        _stream ??= await OpenAsync();
        List<(string, long, long)> read = [];
        while (read.Count < entries)
        {
            var next = _stream.ReadLineAsync();
            await BoundedWait.UntilAsync(() =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return next.IsCompleted;
            });
            if ((await next)! is var line && line.StartsWith("data: {\"", StringComparison.Ordinal))
            {
                var entry = JsonNode.Parse(line["data: ".Length..])!;
                read.Add(($"{entry["gate"]}", entry["sequence"]!.GetValue<long>(), entry["missed"]!.GetValue<long>()));
            }
        }

        return read;
    }

    private async Task<StreamReader> OpenAsync()
    {
        _host = await ManagedGate.StartAsync(host =>
        {
            host.Services.AddSingleton<IGateFleet>(_fleet).AddSingleton<TimeProvider>(_clock);
            host.Services.AddMapiGateTokens();
        });
        var request = new HttpRequestMessage(HttpMethod.Get, "journal");
        request.Headers.Accept.ParseAdd("text/event-stream");
        var answer = await _host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WithinBounds();
        answer.EnsureSuccessStatusCode();
        _open.AddRange([request, answer]);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }
}
