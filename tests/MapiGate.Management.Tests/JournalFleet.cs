using System.Collections.Concurrent;

namespace MapiGate.Management.Tests;

/// <summary>A fleet in which a test says who answers what, and when nobody does.</summary>
internal sealed class JournalFleet : IGateFleet
{
    private int _asked;

    /// <summary>What each gate answers.</summary>
    public ConcurrentDictionary<string, Func<JournalQuestion, Task<GateJournalRows>>> Answers { get; } = new();

    public string GateName => "gate-a";

    public bool MayOrder => true;

    /// <summary>How often all were asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Has a gate answer for itself.</summary>
    public void Add(string name, Gatekeeper gate) => Answers[name] = question => question.AnswerAsync(gate, null, CancellationToken.None);

    public Task<FleetStatus> ReadAsync(CancellationToken cancellationToken = default) => Task.FromResult(new FleetStatus());

    public async Task<FleetAnswers<TAnswer>> AskAsync<TAnswer>(GateQuestion<TAnswer> question, string? gate = null, CancellationToken cancellationToken = default)
        where TAnswer : class
    {
        // Whoever asks without a pause must not keep the thread, too.
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var answers = new Dictionary<string, TAnswer>();
        foreach (var (name, answer) in Answers.OrderBy(other => other.Key, StringComparer.Ordinal))
        {
            answers[name] = (TAnswer)(object)await answer((JournalQuestion)(object)question);
        }

        Interlocked.Increment(ref _asked);
        return new FleetAnswers<TAnswer>(answers, []);
    }
}
