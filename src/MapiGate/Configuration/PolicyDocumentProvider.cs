using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>
/// The values of a policy document that is kept somewhere, as a configuration provider: what a store of documents derives its
/// own from. A document that cannot be used leaves what the one before said, and the provider says so.
/// </summary>
public abstract class PolicyDocumentProvider : ConfigurationProvider, IPolicySource
{
    // A reading of a configuration takes many steps on one thread: what a document would say is shown to that one alone.
    [ThreadStatic]
    private static (PolicyDocumentProvider Provider, IReadOnlyDictionary<string, string?> Values)? _draft;

    /// <summary>A provider of what a source keeps.</summary>
    /// <param name="source">The source, by which <see cref="IPolicyDocumentFollower"/> finds its provider.</param>
    protected PolicyDocumentProvider(IConfigurationSource source) => Source = source;

    /// <summary>The source that it was built by.</summary>
    public IConfigurationSource Source { get; }

    /// <inheritdoc/>
#pragma warning disable CA1716 // A keyword of Visual Basic only, which can write [Error].
    public abstract string? Error { get; }
#pragma warning restore CA1716

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>
    /// Whether there was a document and no usable one has come since the start, so that the values say nothing of what was
    /// written. A gate that remembers its policy keeps that meanwhile. <see langword="false"/> unless a provider says otherwise.
    /// </summary>
    public virtual bool HasLostDocument => false;

    /// <summary>Takes what the store says now, without telling anybody yet. Called one at a time.</summary>
    /// <returns>Whether it can be used; if not, <see cref="Error"/> says why.</returns>
    public abstract bool TryTake();

    /// <inheritdoc/>
    public override bool TryGet(string key, out string? value) =>
        FindDraft() is { } draft ? draft.TryGetValue(key, out value) : base.TryGet(key, out value);

    /// <inheritdoc/>
    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        if (FindDraft() is not { } draft)
        {
            return base.GetChildKeys(earlierKeys, parentPath);
        }

        var shown = new PolicyDraftProvider(draft);
        return shown.GetChildKeys(earlierKeys, parentPath);
    }

    /// <summary>Tells everybody who follows the configuration.</summary>
    internal void Announce()
    {
        try
        {
            OnReload();
        }
        catch (AggregateException)
        {
            // What the others make of it, an options monitor that finds another source's value wrong, say, is theirs: it
            // neither undoes a write nor ends the process from a timer.
        }
    }

    /// <summary>Shows this thread other values, until that is disposed.</summary>
    internal IDisposable Show(IReadOnlyDictionary<string, string?> values)
    {
        _draft = (this, values);
        return new Shown();
    }

    /// <summary>Has a document's values at one stroke.</summary>
    /// <param name="document">The document.</param>
    /// <returns>Everything that is wrong with it; then the values are as they were.</returns>
    protected IReadOnlyList<string> Use(string document)
    {
        var reading = PolicyDocumentReader.Read(document);
        if (reading.Errors.Count == 0)
        {
            Data = new Dictionary<string, string?>(reading.Values, StringComparer.OrdinalIgnoreCase);
        }

        return reading.Errors;
    }

    private IReadOnlyDictionary<string, string?>? FindDraft() => _draft is { } draft && ReferenceEquals(draft.Provider, this) ? draft.Values : null;

    private sealed class Shown : IDisposable
    {
        public void Dispose() => _draft = null;
    }
}
