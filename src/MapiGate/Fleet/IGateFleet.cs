namespace MapiGate;

/// <summary>The gates that follow one policy document, as one of them sees them. All members may be used from any thread.</summary>
public interface IGateFleet
{
    /// <summary>What this gate is called among them.</summary>
    string GateName { get; }

    /// <summary>
    /// Whether this gate may write the document and give orders for all: it was given an administrator's credentials. Without them it
    /// shows, and does not change.
    /// </summary>
    bool MayOrder { get; }

    /// <summary>
    /// The fleet's document, and how every known gate stands to it. When the fleet cannot be asked, it says so in
    /// <see cref="FleetStatus.Error"/> after a few seconds, and tells what was known last.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<FleetStatus> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks, or orders, every gate that is known, or one.</summary>
    /// <typeparam name="TAnswer">What is answered.</typeparam>
    /// <param name="question">The question.</param>
    /// <param name="gate">The one gate to be asked; <see langword="null"/> asks all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was answered before a deadline of a few seconds, and who is missing.</returns>
    Task<FleetAnswers<TAnswer>> AskAsync<TAnswer>(GateQuestion<TAnswer> question, string? gate = null, CancellationToken cancellationToken = default)
        where TAnswer : class;
}
