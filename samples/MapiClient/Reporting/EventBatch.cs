namespace MapiClient.Reporting;

/// <summary>Events of one kind that came close together, and when each came after the first.</summary>
internal sealed class EventBatch(long startedAt)
{
    private readonly List<TimeSpan> _offsets = [];

    public long StartedAt => startedAt;

    public int Count => _offsets.Count;

    public TimeSpan Last => _offsets[^1];

    /// <summary>The text of the first: the others of a batch rarely say anything else.</summary>
    public string? Sample { get; private set; }

    public void Add(TimeSpan offset, string sample)
    {
        Sample ??= sample;
        _offsets.Add(offset);
    }

    /// <summary>The time by which this share of the batch had come. The offsets are in order, as they were added.</summary>
    public TimeSpan Percentile(double share) => _offsets[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
}
