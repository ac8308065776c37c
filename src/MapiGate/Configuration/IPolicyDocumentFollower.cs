using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>
/// What follows the configuration and owns the gate, as a store of policy documents needs it: to have a document followed at
/// once, and to ask what one would do. <c>AddMapiGate</c> registers it.
/// </summary>
/// <remarks>A source is one whose provider derives from <see cref="PolicyDocumentProvider"/>, in the configuration that the gate follows; any other is an <see cref="InvalidOperationException"/>.</remarks>
public interface IPolicyDocumentFollower
{
    /// <summary>The gate.</summary>
    Gatekeeper Gatekeeper { get; }

    /// <summary>Takes what a source says now, and follows it at once; then tells all others who follow the configuration.</summary>
    /// <param name="source">The source.</param>
    /// <returns>What became of the change, applied or held; <see langword="null"/> when nothing changed.</returns>
    PolicyReceipt? Follow(IConfigurationSource source);

    /// <summary>What the policy would be if a source said this.</summary>
    /// <param name="source">The source.</param>
    /// <param name="document">The document.</param>
    PolicyDraft Draft(IConfigurationSource source, string document);

    /// <summary>Whether a document may be written at all.</summary>
    /// <param name="source">The source.</param>
    /// <param name="document">The document.</param>
    /// <returns>Why not: <see cref="PolicyWriteOutcome.Invalid"/>, or <see cref="PolicyWriteOutcome.Overridden"/> by a later source; otherwise <see langword="null"/>.</returns>
    PolicyWrite? FindObjection(IConfigurationSource source, string document);
}
