namespace MapiGate.Management;

/// <summary>The claims of whoever came with a token.</summary>
internal static class TokenClaims
{
    public const string Right = "mapigate.right";
    public const string Write = "Write";
    public const string Read = "Read";
}
