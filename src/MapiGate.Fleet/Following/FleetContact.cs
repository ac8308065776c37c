using System.Globalization;

namespace MapiGate.Fleet;

/// <summary>When the fleet was last heard of in all ways that a gate depends on, and why not since.</summary>
/// <remarks>
/// A document read from one server shows little: one that is cut off from the others answers readers all the same. That
/// this gate's receipt was acknowledged shows that most of them are there.
/// </remarks>
internal sealed class FleetContact(TimeProvider timeProvider)
{
    // An election takes a few seconds, and is no reason to alarm anybody.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GraceAtStart = TimeSpan.FromSeconds(5);

    private readonly Lock _noting = new();
    private readonly Line _reading = new(timeProvider.GetUtcNow(), timeProvider.GetTimestamp());
    private readonly Line _writing = new(timeProvider.GetUtcNow(), timeProvider.GetTimestamp());

    /// <summary>The newest document was read.</summary>
    public void Read() => Heard(_reading);

    /// <summary>A receipt was acknowledged.</summary>
    public void Acknowledged() => Heard(_writing);

    public void ReadFailed(string reason) => Failed(_reading, reason);

    public void WriteFailed(string reason) => Failed(_writing, reason);

    /// <summary>What is to be said of this gate's name, when another has it, too; <see langword="null"/> when none has.</summary>
    public string? Namesake { get; set; }

    /// <summary>What is wrong for longer than it may be, and since when; <see langword="null"/> when nothing is.</summary>
    public string? FindTrouble(FleetDocument? newest)
    {
        lock (_noting)
        {
            var line = IsOver(_reading) ? _reading : IsOver(_writing) ? _writing : null;
            return line?.Reason is null ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"The fleet has not been in touch since {line.Since:u}: {line.Reason} {(newest is null ? "This gate has no document of the fleet's, and follows its other sources." : $"Document {newest.Position} of {newest.Time:u} stays in force.")}");
        }
    }

    /// <summary>For how long there has been trouble; <see langword="null"/> when there is none.</summary>
    public TimeSpan? FindSilence()
    {
        lock (_noting)
        {
            var line = IsOver(_reading) ? _reading : IsOver(_writing) ? _writing : null;
            return line?.Reason is null ? null : timeProvider.GetElapsedTime(line.Timestamp);
        }
    }

    private bool IsOver(Line line) => line.Reason is not null && timeProvider.GetElapsedTime(line.Timestamp) >= (line.WasHeard ? Grace : GraceAtStart);

    private void Heard(Line line)
    {
        lock (_noting)
        {
            (line.Since, line.Timestamp, line.Reason, line.WasHeard) = (timeProvider.GetUtcNow(), timeProvider.GetTimestamp(), null, true);
        }
    }

    private void Failed(Line line, string reason)
    {
        lock (_noting)
        {
            line.Reason = reason;
        }
    }

    private sealed class Line(DateTimeOffset since, long timestamp)
    {
        public DateTimeOffset Since { get; set; } = since;

        public long Timestamp { get; set; } = timestamp;

        public string? Reason { get; set; }

        public bool WasHeard { get; set; }
    }
}
