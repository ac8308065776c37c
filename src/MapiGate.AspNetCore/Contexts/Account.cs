using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>Whose a request is.</summary>
internal static class Account
{
    /// <summary>
    /// The account that the host has authenticated; where it authenticates nobody, the one that the request claims to be of,
    /// and which the server behind will accept or answer with 401. <see langword="null"/> where neither is known.
    /// </summary>
    public static string? Of(HttpContext context, MapiGateHttpOptions options) =>
        context.User.Identity is { IsAuthenticated: true } identity ? identity.Name : options.AccountOf?.Invoke(context);

    public static bool IsSame(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
