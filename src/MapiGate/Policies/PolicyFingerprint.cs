using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MapiGate;

/// <summary>
/// Names a policy in 128 bits. Every entry counts under its key and with its length before it, so that no text can pass
/// for two others; neither the order nor the case of what has none changes the name.
/// </summary>
internal static class PolicyFingerprint
{
    public static string Of(WrittenPolicy policy)
    {
        var text = new StringBuilder();
        Append("DisableMapiClientProcesses", policy.Enforced.Processes.ToCanonical());
        Append("DisableMapiClients", policy.Enforced.Versions.ToCanonical());
        Append("ClientsWithoutProcessName", policy.Enforced.DeniesNameless ? "Deny" : "Allow");
        Append("ClientsWithoutVersion", policy.Enforced.DeniesVersionless ? "Deny" : "Allow");
        Append("ReportOnly:DisableMapiClientProcesses", policy.Reported.Processes.ToCanonical());
        Append("ReportOnly:DisableMapiClients", policy.Reported.Versions.ToCanonical());
        Append("Mode", policy.Mode.ToString());
        foreach (var rule in policy.Rules.OrderBy(rule => rule.Name.ToUpperInvariant(), StringComparer.Ordinal))
        {
            Append("Rules", [rule.Name.ToUpperInvariant(), .. rule.Conditions.Canonical(), .. Moments(rule.Period), rule.Message ?? string.Empty, rule.Reason ?? string.Empty, rule.Mode.ToString()]);
        }

        foreach (var exemption in policy.Exemptions.OrderBy(exemption => exemption.Name.ToUpperInvariant(), StringComparer.Ordinal))
        {
            Append("Exemptions", [exemption.Name.ToUpperInvariant(), .. exemption.Conditions.Canonical(), .. Moments(exemption.Period), exemption.Reason ?? string.Empty]);
        }

        return Hash(text.ToString());

        void Append(string key, params IEnumerable<string> parts) => AppendTo(text, key, parts);
    }

    /// <summary>Names what a policy says in one gate at one moment.</summary>
    public static string OfEffective(WrittenPolicy policy, IEnumerable<string> inForce)
    {
        var text = new StringBuilder();
        AppendTo(text, "Written", [policy.Fingerprint]);
        AppendTo(text, "OwnProcesses", [policy.OwnProcesses.ToCanonical()]);
        AppendTo(text, "InForce", inForce);
        return Hash(text.ToString());
    }

    private static void AppendTo(StringBuilder text, string key, IEnumerable<string> parts)
    {
        text.Append(key).Append('\n');
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}\n");
        }
    }

    private static IEnumerable<string> Moments(RulePeriod period) =>
    [
        period.From?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
        period.Until?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
    ];

    // Not by way of UTF-8, which makes every half of a character the same: a registry value may hold any.
    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())).AsSpan(0, 16));
}
