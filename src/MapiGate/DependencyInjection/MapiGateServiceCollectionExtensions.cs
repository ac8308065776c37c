using System.Diagnostics.Metrics;
using MapiGate;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the gate to a container.</summary>
public static class MapiGateServiceCollectionExtensions
{
    private const string SectionName = "MapiGate";

    /// <summary>Adds a <see cref="Gatekeeper"/> whose policy follows <see cref="IOptionsMonitor{TOptions}"/> of <see cref="MapiGateOptions"/>.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Sets the options in code; they may be set elsewhere, too.</param>
    public static IMapiGateBuilder AddMapiGate(this IServiceCollection services, Action<MapiGateOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddOptions<MapiGateOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MapiGateOptions>, MapiGateOptionsValidator>());
        services.TryAddSingleton(provider => new FileSourceGuard(provider.GetService<IConfiguration>(), SectionName));
        services.TryAddSingleton(provider => new SettingOrigins(provider.GetService<IConfiguration>(), SectionName));
        services.TryAddSingleton(provider => new PolicyFollower(
            provider.GetRequiredService<IOptionsFactory<MapiGateOptions>>(),
            provider.GetRequiredService<IOptionsMonitor<MapiGateOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<MapiGateOptions>>(),
            provider.GetRequiredService<FileSourceGuard>(),
            provider.GetRequiredService<SettingOrigins>(),
            provider.GetService<ILogger<Gatekeeper>>() ?? NullLogger<Gatekeeper>.Instance,
            provider.GetService<TimeProvider>(),
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<PolicyFollower>().Gatekeeper);

        // So that the policy is read, and its errors are known, when the host starts and not at the first logon.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PolicyFollower>(provider => provider.GetRequiredService<PolicyFollower>()));
        return new MapiGateBuilder(services);
    }

    /// <summary>Adds a <see cref="Gatekeeper"/> whose policy is read from configuration and follows it as it changes.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configuration">The section with the keys of <see cref="MapiGateOptions"/>, or a root, whose section <c>MapiGate</c> is then used.</param>
    public static IMapiGateBuilder AddMapiGate(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration as IConfigurationSection ?? configuration.GetSection(SectionName);
        services.AddSingleton<IConfigureOptions<MapiGateOptions>>(new ConfigurationReader(section));
        services.AddSingleton<IOptionsChangeTokenSource<MapiGateOptions>>(new ConfigurationChangeTokenSource<MapiGateOptions>(section));
        services.TryAddSingleton(provider => new FileSourceGuard(Root(provider), section.Path));
        services.TryAddSingleton(provider => new SettingOrigins(Root(provider), section.Path));
        return services.AddMapiGate();

        // A section does not tell its root; the host's own configuration is nearly always it.
        IConfiguration? Root(IServiceProvider provider) => configuration as IConfigurationRoot ?? provider.GetService<IConfiguration>();
    }
}
