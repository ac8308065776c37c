namespace MapiGate;

/// <summary>Who was refused lately, a bounded number of them: the one refused longest ago makes room for a new one.</summary>
internal sealed class RefusedClients
{
    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly LinkedList<RefusedClient> _byTime = new();
    private readonly Dictionary<(string Process, Version? Version, string User), LinkedListNode<RefusedClient>> _nodes = [];

    public void Add(MapiClient client, string rule, DateTimeOffset now)
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

    /// <summary>Forgets those that a policy lets in.</summary>
    public void Forget(Func<MapiClient, bool> isAllowed)
    {
        // A policy is anybody's code: it is asked outside the lock.
        var allowed = ToList().Where(refused => isAllowed(refused.Client)).ToList();
        lock (_lock)
        {
            allowed.ForEach(refused => Remove(KeyOf(refused)));
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
