using MapiGate.Management;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds tokens for the management of a gate.</summary>
public static class MapiGateTokensServiceCollectionExtensions
{
    /// <summary>
    /// Lets those use management who have a token of a file that only its owner may read:
    /// <c>{ "administrator": { "Token": "…", "Right": "Write" } }</c>. A token's name is the author of what it changes; its
    /// right is <c>Read</c> or <c>Write</c>. The file is made with a first token when it is not there.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="path">The file, below the content root unless it is a whole path.</param>
    public static IServiceCollection AddMapiGateTokens(this IServiceCollection services, string path = "mapigate.tokens.json")
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        services.TryAddSingleton<WrongTokens>();
        services.TryAddSingleton(provider => new TokenFile(
            Path.GetFullPath(Path.Combine(provider.GetRequiredService<IHostEnvironment>().ContentRootPath, path)),
            AuditLog.Of(provider.GetRequiredService<ILoggerFactory>())));
        services.TryAddSingleton<TokenAnnouncement>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TokenAnnouncement>(provider => provider.GetRequiredService<TokenAnnouncement>()));

        // The scheme is named in both policies, so that a host's own stays its default.
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenPolicies.Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(TokenPolicies.Read, Policy(TokenClaims.Read))
            .AddPolicy(TokenPolicies.Write, Policy(TokenClaims.Write));
        return services;

        static Action<AuthorizationPolicyBuilder> Policy(string right) => policy => policy
            .AddAuthenticationSchemes(TokenPolicies.Scheme)
            .RequireClaim(TokenClaims.Right, right);
    }
}
