namespace MapiGate;

/// <summary>A change of policy that was not made, because it would have disconnected more sessions than it may.</summary>
public sealed record PolicyHold
{
    /// <summary>What names this change: set <see cref="MapiGateOptions.ConfirmChange"/> to it to let the change through.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How many sessions the change would disconnect.</summary>
    public required long Disconnects { get; init; }

    /// <summary>How many sessions there are.</summary>
    public required long Sessions { get; init; }

    /// <summary>The limit it would pass, as it was written.</summary>
    public required string Limit { get; init; }

    /// <summary>How many sessions each program would lose, by executable name; the empty name for clients that gave none.</summary>
    public required IReadOnlyDictionary<string, long> ByProgram { get; init; }

    /// <summary>What was held, whom it would have cut, and how to let it through.</summary>
    public override string ToString()
    {
        var programs = ByProgram.OrderByDescending(program => program.Value).Take(5)
            .Select(program => $"{(program.Key.Length == 0 ? "(no process name)" : LogText.Clean(program.Key))} {program.Value}");
        return $"The change {Fingerprint} would disconnect {Disconnects} of {Sessions} sessions ({string.Join(", ", programs)}), past {Limit}: it is held, and the old policy stays in force. "
            + $"To let it through, set {nameof(MapiGateOptions.ConfirmChange)} to \"{Fingerprint}\".";
    }
}
