namespace MapiGate.Fleet.Tests.Gates;

/// <summary>The system's clock, on which more time may have passed.</summary>
internal sealed class AheadClock : TimeProvider
{
    private long _ahead;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _ahead);

    /// <summary>Has this much time pass at once, to whoever asks how long ago something was. No timer goes off earlier.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
}
