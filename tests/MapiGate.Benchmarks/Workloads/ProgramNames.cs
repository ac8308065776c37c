namespace MapiGate.Benchmarks;

/// <summary>Executable names as they are met in the field: of many lengths, alike at the end, in any case.</summary>
internal static class ProgramNames
{
    private static readonly string[] Makers = ["contoso", "fabrikam", "nw", "adatum", "litware", "proseware", "tailspin", "vtech"];
    private static readonly string[] Jobs = ["Backup", "Sync", "Indexer", "Archive", "CRM", "Fax", "Agent", "MailScanner", "AddIn", "Dialer"];

    /// <summary>Distinct names. Those of one range have none in common with another's.</summary>
    public static string[] Take(int first, int count) => [.. Enumerable.Range(first, count).Select(NameOf)];

    private static string NameOf(int number)
    {
        var name = $"{Makers[number % Makers.Length]}{Jobs[number / Makers.Length % Jobs.Length]}{number}.exe";
        return (number % 3) switch { 0 => name.ToUpperInvariant(), 1 => name.ToLowerInvariant(), _ => name };
    }
}
