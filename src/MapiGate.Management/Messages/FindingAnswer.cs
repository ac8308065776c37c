namespace MapiGate.Management;

/// <summary>Something in a policy that may not do what its writer meant.</summary>
internal sealed record FindingAnswer(
    string Code,
    string Key,
    string Entry,
    string Message)
{
    public static FindingAnswer Of(PolicyFinding finding) => new(finding.Code, finding.Key, finding.Entry, finding.Message);
}
