using System.Collections;
using System.Numerics;

namespace MapiGate;

/// <summary>
/// The sessions alive in one gatekeeper, kept together by program, so that the sessions of one program are found
/// without walking the others. Reading it is safe at any time and shows a moment that moves on.
/// </summary>
public sealed class SessionTable : IReadOnlyCollection<MapiSession>
{
    private readonly SessionStripe[] _stripes;
    private PolicyInForce _inForce;

    internal SessionTable(IConnectionPolicy policy, DisconnectNotifier notifier)
    {
        _inForce = new PolicyInForce(policy, revision: 0);
        _stripes = new SessionStripe[BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount)];
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new SessionStripe(i, _stripes.Length, notifier);
        }
    }

    /// <summary>The number of sessions alive.</summary>
    public int Count => _stripes.Sum(stripe => stripe.Count);

    internal PolicyInForce InForce => Volatile.Read(ref _inForce);

    internal IReadOnlyList<SessionStripe> Stripes => _stripes;

    /// <summary>
    /// How many sessions each program has, by executable name without regard to case. A client that reported several
    /// names counts once, under the first; one that reported none is counted under the empty name.
    /// </summary>
    public IReadOnlyDictionary<string, int> CountByProcess()
    {
        var counts = new Dictionary<string, int>(ProcessName.Comparer);
        foreach (var group in _stripes.SelectMany(stripe => stripe.SnapshotGroups()))
        {
            var name = group.Program.ImageName;
            counts[name] = counts.GetValueOrDefault(name) + group.Count;
        }

        return counts;
    }

    /// <summary>Enumerates the sessions alive; one that leaves or arrives meanwhile may or may not be seen.</summary>
    public IEnumerator<MapiSession> GetEnumerator()
    {
        foreach (var stripe in _stripes)
        {
            foreach (var group in stripe.SnapshotGroups())
            {
                foreach (var session in stripe.Snapshot(group))
                {
                    yield return session;
                }
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds a session, unless another policy has come into force since it was judged.</summary>
    internal bool TryAdd(MapiSession session, PolicyInForce judgedBy) =>
        _stripes[Thread.GetCurrentProcessorId() & (_stripes.Length - 1)].TryAdd(session, judgedBy, this);

    internal void Publish(PolicyInForce next) => Interlocked.Exchange(ref _inForce, next);
}
