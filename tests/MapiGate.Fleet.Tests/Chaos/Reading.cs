using MapiGate.Fleet.Tests.Processes;

namespace MapiGate.Fleet.Tests.Chaos;

/// <summary>What the page of a gate, or <c>mapigate</c>, said of all gates at once.</summary>
/// <param name="Reader">Which of the two.</param>
/// <param name="Asked">Whose page it is, or which gate was asked.</param>
/// <param name="From">When it was said at the earliest.</param>
/// <param name="To">When it was read.</param>
/// <param name="Rows">What was said.</param>
/// <param name="Total">How many are synced, in words, where they were counted.</param>
internal sealed record Reading(string Reader, GateProcess Asked, long From, long To, IReadOnlyList<Statement> Rows, string? Total)
{
    public string Who => $"{Reader} of {Asked.Name}";
}
