namespace MapiGate;

/// <summary>Who was refused lately, a bounded number of them: the one refused longest ago makes room for a new one.</summary>
internal sealed class RefusedClients
{
    private const int Most = 1000;

    // A client may send text without end. Of one that does not, what it said is kept, since whether a policy would let it in
    // cannot be told from text that was cut.
    private const int MostText = 2000;

    private readonly Lock _lock = new();
    private readonly LinkedList<RefusedClient> _byTime = new();
    private readonly Dictionary<(string Process, Version? Version, string User), LinkedListNode<RefusedClient>> _nodes = [];

    public void Add(MapiClient client, string rule, long revision, DateTimeOffset now)
    {
        var key = (ClientText.Clean(client.Program.ImageName), client.Version, ClientText.Clean(client.UserName ?? client.UserDn));
        lock (_lock)
        {
            var earlier = Remove(key)?.Value;
            if (_nodes.Count >= Most)
            {
                Remove(KeyOf(_byTime.First!.Value));
            }

            _nodes[key] = _byTime.AddLast(new RefusedClient
            {
                Process = key.Item1,
                Version = client.Version,
                User = key.Item3,
                Rule = rule,
                Count = (earlier?.Count ?? 0) + 1,
                First = earlier?.First ?? now,
                Last = now,
                Revision = revision,
                Client = client.TextLength <= MostText ? client : null,
            });
        }
    }

    /// <summary>Those refused, the last one first.</summary>
    public IReadOnlyList<RefusedClient> ToList()
    {
        lock (_lock)
        {
            return [.. _byTime.Reverse()];
        }
    }

    /// <summary>Forgets those refused under earlier policies that a policy lets in.</summary>
    public void Forget(long revision, Func<MapiClient, bool> isAllowed)
    {
        // A policy is anybody's code: it is asked outside the lock. Whoever is refused meanwhile is refused by a later one.
        var allowed = ToList().Where(refused => refused.Revision < revision && refused.Client is { } client && isAllowed(client)).ToList();
        lock (_lock)
        {
            foreach (var refused in allowed.Where(refused => ReferenceEquals(_nodes.GetValueOrDefault(KeyOf(refused))?.Value, refused)))
            {
                Remove(KeyOf(refused));
            }
        }
    }

    private static (string, Version?, string) KeyOf(RefusedClient refused) => (refused.Process, refused.Version, refused.User);

    private LinkedListNode<RefusedClient>? Remove((string, Version?, string) key)
    {
        if (_nodes.Remove(key, out var node))
        {
            _byTime.Remove(node);
        }

        return node;
    }
}
