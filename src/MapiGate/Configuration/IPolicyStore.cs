namespace MapiGate;

/// <summary>
/// Keeps the policy document, <c>{ "MapiGate": { … } }</c>: what a person's order changes. What is written there goes the
/// way of every change of configuration; there is no second way to change a policy.
/// </summary>
public interface IPolicyStore
{
    /// <summary>What the document is called, for a person: a file's whole path.</summary>
    string Name { get; }

    /// <summary>Reads the document as it is kept now.</summary>
    /// <exception cref="IOException">It cannot be read; the message says why and what to do.</exception>
    Task<StoredPolicy> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the document, if it is still the one that the writer saw, and has this gate follow it: it returns after the
    /// change was applied or held.
    /// </summary>
    /// <param name="document">The new document.</param>
    /// <param name="expectedVersion">The <see cref="StoredPolicy.Version"/> that the writer saw.</param>
    /// <param name="author">Who writes it. Not blank.</param>
    /// <param name="reason">Why, for whoever reads the history; may be empty.</param>
    /// <param name="cancellationToken">Gives up waiting for other writers. What has begun to be written is finished.</param>
    Task<PolicyWrite> WriteAsync(string document, string expectedVersion, string author, string? reason, CancellationToken cancellationToken = default);

    /// <summary>The last documents, the newest first: at most 100.</summary>
    /// <exception cref="IOException">It cannot be read; the message says why and what to do.</exception>
    Task<IReadOnlyList<PolicyHistoryEntry>> HistoryAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a document as <see cref="WriteAsync"/> would, beside all other sources of the policy, and changes nothing.</summary>
    Task<PolicyDraft> DraftAsync(string document, CancellationToken cancellationToken = default);
}
