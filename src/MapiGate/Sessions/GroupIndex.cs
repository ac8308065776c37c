namespace MapiGate;

/// <summary>
/// Finds the groups that a list of image names may be about, by the names' hashes, so that a change looks at those only,
/// however many programs there are. Equal hashes of different names cost a look in vain, and nothing else.
/// </summary>
internal sealed class GroupIndex
{
    private readonly Dictionary<int, List<SessionGroup>> _byImage = [];

    // Clients that reported more names than one, or none. They are rare, and always looked at.
    private readonly HashSet<SessionGroup> _others = [];

    public void Add(SessionGroup group)
    {
        if (!TryGetImage(group, out var image))
        {
            _others.Add(group);
            return;
        }

        if (!_byImage.TryGetValue(image, out var groups))
        {
            _byImage.Add(image, groups = new List<SessionGroup>(1));
        }

        group.IndexSlot = groups.Count;
        groups.Add(group);
    }

    public void Remove(SessionGroup group)
    {
        if (!TryGetImage(group, out var image))
        {
            _others.Remove(group);
            SpareRoom.GiveBack(_others);
            return;
        }

        // The last one moves into the gap: a client can invent versions of one program without end.
        var groups = _byImage[image];
        var last = groups[^1];
        groups[group.IndexSlot] = last;
        last.IndexSlot = group.IndexSlot;
        groups.RemoveAt(groups.Count - 1);
        SpareRoom.GiveBack(groups);
        if (groups.Count == 0)
        {
            _byImage.Remove(image);
            SpareRoom.GiveBack(_byImage);
        }
    }

    public IReadOnlyCollection<SessionGroup> Find(int[] images)
    {
        List<SessionGroup>? found = _others.Count > 0 ? [.. _others] : null;
        foreach (var image in images)
        {
            if (_byImage.TryGetValue(image, out var groups))
            {
                (found ??= []).AddRange(groups);
            }
        }

        return found ?? (IReadOnlyCollection<SessionGroup>)[];
    }

    private static bool TryGetImage(SessionGroup group, out int image)
    {
        var names = group.Program.ProcessNames;
        image = names.Count == 1 ? ProcessName.Hash(ProcessName.Image(names[0])) : 0;
        return names.Count == 1;
    }
}
