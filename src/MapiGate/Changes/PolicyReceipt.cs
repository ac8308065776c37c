using System.Globalization;

namespace MapiGate;

/// <summary>What a change of policy, or an order to disconnect, did.</summary>
public sealed record PolicyReceipt
{
    internal PolicyReceipt()
    {
    }

    /// <summary>The number of the policy now in force. When the change is <see cref="Held"/>, still the old one's.</summary>
    public long Revision { get; internal init; }

    /// <summary>Why the change was not made; <see langword="null"/> when it was.</summary>
    public PolicyHold? Held { get; internal init; }

    /// <summary>How many sessions were judged, alone or with all others of their program.</summary>
    public long Examined { get; internal init; }

    /// <summary>How many sessions were disconnected.</summary>
    public long Disconnected { get; internal init; }

    /// <summary>How long the change took, from the call until every denied session was out of the table and its token cancelled.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>
    /// Ends when the hosts have released every session this change disconnected, with <see cref="MapiSession.Dispose"/>;
    /// at once when there was none. It never fails, and never ends if a host never releases one.
    /// </summary>
    public Task Completion { get; internal init; } = Task.CompletedTask;

    /// <summary>The receipt as one line.</summary>
    public override string ToString() => Held?.ToString()
        ?? string.Create(CultureInfo.InvariantCulture, $"revision {Revision}: {Disconnected} of {Examined} sessions disconnected in {Elapsed.TotalMilliseconds:0.###} ms");
}
