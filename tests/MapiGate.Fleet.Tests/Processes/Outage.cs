namespace MapiGate.Fleet.Tests.Processes;

/// <summary>A time during which something was away, by this machine's timestamps.</summary>
internal sealed class Outage(long from)
{
    public long From => from;

    /// <summary>When it was over; null while it lasts.</summary>
    public long? To { get; set; }

    /// <summary>Whether it lasted from before one moment until after another.</summary>
    public bool Covers(long start, long end) => From <= start && !(To < end);

    public bool Overlaps(long start, long end) => From <= end && !(To < start);
}
