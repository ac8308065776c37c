namespace MapiGate.Management;

/// <summary>The authorization policies of those who come with a token.</summary>
internal static class TokenPolicies
{
    public const string Scheme = "MapiGate";
    public const string Read = "MapiGate.Read";
    public const string Write = "MapiGate.Write";
}
