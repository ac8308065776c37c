namespace MapiGate;

/// <summary>Who was refused lately, a bounded number of them: the one refused longest ago makes room for a new one.</summary>
internal sealed class RefusedClients
{
    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly LinkedList<RefusedClient> _byTime = new();
    private readonly Dictionary<(string Process, string? Version, string User), LinkedListNode<RefusedClient>> _nodes = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _nodes.Count;
            }
        }
    }

    public void Add(MapiClient client, string rule, long revision, DateTimeOffset now)
    {
        // A client can invent versions whose own hashes agree; those of text cannot be aimed for.
        var key = (ClientText.Clean(client.Program.ImageName), client.Version?.ToString(), ClientText.Clean(client.UserName ?? client.UserDn));
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
                Client = client,
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

    /// <summary>Forgets those refused before a policy came into force that lets them in.</summary>
    public void Forget(long revision, Func<MapiClient, bool> isAllowed)
    {
        // A policy is anybody's code: it is asked outside the lock. Who is refused meanwhile, or was by a later policy, stays.
        var allowed = ToList().Where(refused => refused.Revision < revision && isAllowed(refused.Client)).ToList();
        lock (_lock)
        {
            foreach (var refused in allowed.Where(refused => _nodes.TryGetValue(KeyOf(refused), out var node) && ReferenceEquals(node.Value, refused)))
            {
                Remove(KeyOf(refused));
            }
        }
    }

    private static (string, string?, string) KeyOf(RefusedClient refused) => (refused.Process, refused.Version?.ToString(), refused.User);

    private LinkedListNode<RefusedClient>? Remove((string, string?, string) key)
    {
        if (_nodes.Remove(key, out var node))
        {
            _byTime.Remove(node);
        }

        return node;
    }
}
