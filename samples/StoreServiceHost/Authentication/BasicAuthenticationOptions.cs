using Microsoft.AspNetCore.Authentication;

namespace StoreServiceHost.Authentication;

/// <summary>HTTP Basic authentication (RFC 7617).</summary>
internal sealed class BasicAuthenticationOptions : AuthenticationSchemeOptions
{
    public const string Scheme = "Basic";

    /// <summary>What a client shows when it asks for a password.</summary>
    public string Realm { get; set; } = "Store service host";
}
