namespace MapiGate;

/// <summary>
/// Gives back the room that a crowd took and has left: collections never shrink by themselves, and clients can invent
/// programs without end.
/// </summary>
internal static class SpareRoom
{
    // As many programs as a site has. To shrink to a quarter at an eighth costs each removal the same, on average.
    private const int Kept = 1024;

    public static void GiveBack<TKey, TValue>(Dictionary<TKey, TValue> dictionary)
        where TKey : notnull
    {
        if (dictionary.Capacity > Kept && dictionary.Count < dictionary.Capacity / 8)
        {
            dictionary.TrimExcess(dictionary.Count * 2);
        }
    }

    public static void GiveBack<T>(HashSet<T> set)
    {
        if (set.Capacity > Kept && set.Count < set.Capacity / 8)
        {
            set.TrimExcess(set.Count * 2);
        }
    }

    public static void GiveBack<T>(List<T> list)
    {
        if (list.Capacity > Kept && list.Count < list.Capacity / 8)
        {
            list.Capacity = list.Count * 2;
        }
    }

    public static void GiveBack<T>(Queue<T> queue)
    {
        if (queue.Capacity > Kept && queue.Count < queue.Capacity / 8)
        {
            queue.TrimExcess(queue.Count * 2);
        }
    }
}
