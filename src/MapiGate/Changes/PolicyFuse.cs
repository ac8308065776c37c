using System.Globalization;

namespace MapiGate;

/// <summary>Finds whether a change would disconnect more sessions than it may.</summary>
internal static class PolicyFuse
{
    // Clients invent names without end, and of any length, and a hold is kept until somebody deals with it.
    private const int MostPrograms = 100;

    /// <summary>The hold that a change calls for; <see langword="null"/> when it may be made.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="toBe">What would be in force.</param>
    /// <param name="sessions">The sessions alive.</param>
    /// <param name="now">The time.</param>
    public static PolicyHold? FindHold(WrittenPolicy written, RulePolicy toBe, SessionTable sessions, DateTimeOffset now)
    {
        var limits = written.Limits;
        if ((limits.MaxDisconnects is null && limits.MaxDisconnectPercent is null) || limits.ConfirmedFingerprint == written.Fingerprint)
        {
            return null;
        }

        var judge = new SessionJudge(toBe);
        var byProgram = new Dictionary<string, long>(ProcessName.Comparer);
        foreach (var denied in judge.FindDenied(sessions))
        {
            var name = ClientText.Clean(denied.Group.Program.ImageName);
            byProgram[name] = byProgram.GetValueOrDefault(name) + denied.Count;
        }

        var disconnects = byProgram.Values.Sum();
        return FindBlownLimit(limits, disconnects, judge.Examined) is not { } limit ? null : new PolicyHold
        {
            Fingerprint = written.Fingerprint,
            Disconnects = disconnects,
            Sessions = judge.Examined,
            Limit = limit,
            Since = now,
            ByProgram = byProgram.OrderByDescending(program => program.Value).Take(MostPrograms).ToDictionary(ProcessName.Comparer),
        };
    }

    /// <summary>The limit that is passed, as it was written; <see langword="null"/> when none is.</summary>
    public static string? FindBlownLimit(DisconnectLimits limits, long disconnects, long sessions) =>
        disconnects > limits.MaxDisconnects ? string.Create(CultureInfo.InvariantCulture, $"{PolicyKeys.MaxDisconnects} = {limits.MaxDisconnects}")
        : disconnects * 100.0 > limits.MaxDisconnectPercent * sessions ? string.Create(CultureInfo.InvariantCulture, $"{PolicyKeys.MaxDisconnectPercent} = {limits.MaxDisconnectPercent}")
        : null;
}
