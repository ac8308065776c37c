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
    /// <c>Management:Certificates</c> is as Kestrel reads it. No request to the host itself carries the page's cookie any further.
    /// </remarks>
    /// <param name="builder">The host's builder; it needs a gate and a policy store, too.</param>
    /// <param name="configure">Says where it listens, where the tokens stand, and what else stands there.</param>
    public static IHostApplicationBuilder AddMapiGateManagement(this IHostApplicationBuilder builder, Action<ManagementServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new ManagementServerOptions();
        configure?.Invoke(options);
        builder.Services.TryAddSingleton(options);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ManagementServer>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ManagementCookieFilter>());
        return builder;
    }
}
