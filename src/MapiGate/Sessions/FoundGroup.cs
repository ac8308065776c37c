namespace MapiGate;

/// <summary>A group that a policy may deny, and how many sessions it had when it was found: it goes on growing and shrinking.</summary>
internal readonly record struct FoundGroup(SessionGroup Group, int Sessions)
{
    public static FoundGroup[] Of(IReadOnlyCollection<SessionGroup> groups)
    {
        if (groups.Count == 0)
        {
            return [];
        }

        var found = new FoundGroup[groups.Count];
        var count = 0;
        foreach (var group in groups)
        {
            found[count++] = new FoundGroup(group, group.Count);
        }

        return found;
    }
}
