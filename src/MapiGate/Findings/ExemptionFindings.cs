namespace MapiGate;

/// <summary>Findings in the exemptions.</summary>
internal static class ExemptionFindings
{
    private const string Key = nameof(MapiGateOptions.Exemptions);

    public static PolicyFinding Ended(Exemption exemption) =>
        new(FindingCodes.EndedExemption, Key, exemption.Text, "It has run out and exempts nobody. Remove it, or set a later moment.");

    public static IEnumerable<PolicyFinding> Read(MapiGateOptions options)
    {
        var denied = ProcessBlocklist.Parse($"{options.DisableMapiClientProcesses};{options.ReportOnly.DisableMapiClientProcesses}");
        var deniesOtherwise = options.DisableMapiClients?.Length > 0
            || options.ReportOnly.DisableMapiClients?.Length > 0
            || options.ClientsWithoutVersion == ClientAdmission.Deny;
        foreach (var exemption in options.Exemptions.Select(exemption => new Exemption(exemption)))
        {
            if (exemption.IsEmpty)
            {
                yield return new PolicyFinding(FindingCodes.EmptyExemption, Key, exemption.Text, "It names neither a process nor a user, and exempts nobody. Give it one.");
            }
            else if (exemption.Process is { } process && !deniesOtherwise && !denied.Any(entry => CanMeet(process, entry)))
            {
                yield return new PolicyFinding(FindingCodes.NeedlessExemption, Key, exemption.Text, "No rule denies that process, so there is nothing to exempt it from. Remove it, or compare the spelling.");
            }
        }
    }

    // Two patterns may meet in ways that take long to find out: no finding is better than a false one.
    private static bool CanMeet(string process, string entry) =>
        (WildcardPattern.IsPattern(process) && WildcardPattern.IsPattern(entry))
        || new WildcardPattern(process).IsMatch(entry)
        || new WildcardPattern(entry).IsMatch(process);
}
