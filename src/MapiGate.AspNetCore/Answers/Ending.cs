namespace MapiGate.AspNetCore;

/// <summary>How the gate ends a request that is under way.</summary>
/// <param name="Whole">What is said in place of an answer that has not begun.</param>
/// <param name="Late">What is said after the tags of one that has.</param>
internal sealed record Ending(GateAnswer Whole, GateAnswer Late)
{
    /// <summary>The session is over: later requests get the same code.</summary>
    public static Ending Cut { get; } = new(GateAnswer.ContextNotFound);

    /// <summary>A Connect that has not been answered gets the refusal that it would get now.</summary>
    public static Ending RefusedConnect { get; } = new(GateAnswer.Refused, GateAnswer.ContextNotFound);

    /// <summary>The gate itself goes: a long poll ends as if its time were up.</summary>
    public static Ending Stopping { get; } = new(GateAnswer.NoEvent);

    public Ending(GateAnswer answer)
        : this(answer, answer)
    {
    }
}
