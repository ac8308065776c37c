using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>The values of a document that is not written yet.</summary>
internal sealed class PolicyDraftProvider : ConfigurationProvider
{
    public PolicyDraftProvider(IReadOnlyDictionary<string, string?> values) => Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
}
