using MapiGate.Protocol;

namespace MapiGate.AspNetCore;

/// <summary>
/// Finds where what a client says of itself does not fit together. It proves nothing, and decides nothing: a client can lie,
/// and an operator should see where one seems to.
/// </summary>
internal static class DisagreeingClaims
{
    /// <summary>What does not fit, in words free of the client's own text; <see langword="null"/> when all does.</summary>
    public static string? Find(AuxiliaryInfo claims, MapiClient client)
    {
        var disagreements = new[]
        {
            HasSeveralPrograms(client) ? "it reports more than one program" : null,
            IsAnotherUser(claims.UserName, client.UserName) ? "it names another user than the one who is authenticated" : null,
        };
        var text = string.Join("; ", disagreements.OfType<string>());
        return text.Length == 0 ? null : text;
    }

    private static bool HasSeveralPrograms(MapiClient client) =>
        client.ProcessNames.Where(name => !string.IsNullOrWhiteSpace(name)).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Any();

    // An account may be written DOMAIN\user or user@domain, where the client says just user.
    private static bool IsAnotherUser(string? claimed, string? authenticated) =>
        !string.IsNullOrWhiteSpace(claimed) && authenticated is not null
        && !authenticated.Split('\\', '@').Contains(claimed.Trim(), StringComparer.OrdinalIgnoreCase)
        && !authenticated.Equals(claimed.Trim(), StringComparison.OrdinalIgnoreCase);
}
