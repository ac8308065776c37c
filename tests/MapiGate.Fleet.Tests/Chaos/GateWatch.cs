using System.Collections.Concurrent;
using MapiGate.Fleet.Tests.Processes;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>
/// Knocks at a gate without end. Document n refuses <c>program-1.exe</c> to <c>program-n.exe</c>: what a gate enforces is the
/// last of them that it refuses, and one that it lets in again is a step back.
/// </summary>
internal sealed class GateWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<int, long> _notYet = new();
    private readonly ConcurrentDictionary<int, long> _since = new();
    private readonly CancellationTokenSource _end = new();
    private readonly GateProcess _gate;
    private readonly Task _watching;

    public GateWatch(GateProcess gate)
    {
        _gate = gate;
        _watching = WatchAsync();
    }

    /// <summary>Which document the gate enforces; 0 before the first.</summary>
    public int Enforced { get; private set; }

    /// <summary>What must never happen, if it did.</summary>
    public string? Fault { get; private set; }

    public static string Program(int document) => $"program-{document}.exe";

    public static string Document(int document) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{string.Join("; ", Enumerable.Range(1, document).Select(Program))}}" } }""";

    /// <summary>Whether the gate may have enforced a document, and no later one, at some moment between these: unless a knock tells that it did not.</summary>
    public bool MayHaveEnforced(int document, long from, long to) =>
        _notYet.GetValueOrDefault(document, long.MinValue) <= to && _since.GetValueOrDefault(document + 1, long.MaxValue) >= from;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Pause);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                if (Enforced > 0 && !await _gate.Door.RefusesAsync(Program(Enforced)))
                {
                    Fault ??= $"{_gate.Name} lets in {Program(Enforced)}, which it refused before.";
                }

                var knocked = TimeProvider.System.GetTimestamp();
                if (await _gate.Door.RefusesAsync(Program(Enforced + 1)))
                {
                    _since[Enforced + 1] = TimeProvider.System.GetTimestamp();
                    Enforced++;
                    continue;
                }

                _notYet[Enforced + 1] = knocked;
                await timer.WaitForNextTickAsync(_end.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or ObjectDisposedException)
            {
                // The gate is down, or the test over.
                if (!_end.IsCancellationRequested)
                {
                    await Task.Yield();
                }
            }
        }
    }
}
