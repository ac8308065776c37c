using MapiGate.Management;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the management of a gate to a host.</summary>
public static class MapiGateManagementHostApplicationBuilderExtensions
{
    /// <summary>
    /// Manages the host's gate by page and API, on a listener of their own, <c>http://127.0.0.1:8026/mapigate/</c>, for
    /// whoever has a token. What the host itself listens at, and whether it does at all, plays no part.
    /// </summary>
    /// <remarks>
    /// <c>Management:Url</c> in the host's configuration is another address, or nothing to do without; with https,
    /// <c>Management:Certificates</c> is as Kestrel reads it. The tokens stand in <c>mapigate.tokens.json</c> below the content
    /// root. No request to the host itself carries the page's cookie any further.
    /// </remarks>
    /// <param name="builder">The host's builder; it needs a gate and a policy store, too.</param>
    public static IHostApplicationBuilder AddMapiGateManagement(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ManagementServer>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ManagementCookieFilter>());
        return builder;
    }
}
