using MapiGate.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the management of a gate.</summary>
public static class MapiGateManagementEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps page and API below a path, in the host's own pipeline: <c>AddMapiGateManagement</c> gives them a listener of their
    /// own. They answer whoever the tokens of <c>AddMapiGateTokens</c>, or the host's own policies, let in; without either
    /// they cannot be mapped.
    /// </summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="configure">Names policies of the host's own.</param>
    /// <returns>Goes on saying what holds for all of it.</returns>
    public static IEndpointConventionBuilder MapMapiGateManagement(this IEndpointRouteBuilder endpoints, string pattern = "/mapigate", Action<ManagementOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        var options = new ManagementOptions();
        configure?.Invoke(options);
        var hasTokens = endpoints.ServiceProvider.GetService<TokenFile>() is not null && options is { ReadPolicy: null, WritePolicy: null };
        if (hasTokens)
        {
            (options.ReadPolicy, options.WritePolicy) = (TokenPolicies.Read, TokenPolicies.Write);
        }

        var group = endpoints.MapGroup(pattern.TrimEnd('/')).WithMetadata(new WritePolicy(options.WritePolicy));
        var read = group.MapGroup(string.Empty);
        var write = group.MapGroup(string.Empty);
        var page = group.MapGroup(string.Empty);
        write.AddEndpointFilter(FleetRights.CheckAsync);
        Require(read, options.ReadPolicy);
        Require(write, options.WritePolicy);
        if (hasTokens)
        {
            page.WithMetadata(new PublicPage());
            endpoints.ServiceProvider.GetRequiredService<TokenAnnouncement>().Path = pattern.TrimEnd('/');
            TokenEndpoints.Map(page);
        }
        else
        {
            Require(page, options.ReadPolicy);
        }

        StatusEndpoints.Map(read);
        SessionEndpoints.Map(read, write);
        JournalEndpoints.Map(read);
        PolicyEndpoints.Map(read, write);
        RuleEndpoints.Map(write);
        PageEndpoints.Map(page);
        ((IEndpointConventionBuilder)group).Finally(GuardedEndpoint.Guard);
        return group;
    }

    private static void Require(RouteGroupBuilder group, string? policy)
    {
        if (policy is not null)
        {
            group.RequireAuthorization(policy);
        }
    }
}
