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
    /// <remarks>Options that are not valid fail the start of the host.</remarks>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Sets the options in code; they may be set elsewhere, too.</param>
    public static IMapiGateBuilder AddMapiGate(this IServiceCollection services, Action<MapiGateOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddOptions<MapiGateOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MapiGateOptions>, MapiGateOptionsValidator>());
        services.TryAddSingleton(provider => new PolicyFollower(
            provider.GetRequiredService<IOptionsFactory<MapiGateOptions>>(),
            provider.GetRequiredService<IOptionsMonitor<MapiGateOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<MapiGateOptions>>(),
            [.. provider.GetServices<FollowedConfiguration>()],
            provider.GetService<PolicyMemory>(),
            provider.GetService<ILogger<Gatekeeper>>() ?? NullLogger<Gatekeeper>.Instance,
            provider.GetService<TimeProvider>(),
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<IPolicyDocumentFollower>(provider => provider.GetRequiredService<PolicyFollower>());
        services.TryAddSingleton(provider => provider.GetRequiredService<PolicyFollower>().Gatekeeper);

        // So that the policy is read, and its errors are known, when the host starts and not at the first logon.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PolicyFollower>(provider => provider.GetRequiredService<PolicyFollower>()));
        return new MapiGateBuilder(services);
    }

    /// <summary>Adds a <see cref="Gatekeeper"/> whose policy is read from configuration and follows it as it changes.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configuration">
    /// The root, whose section <c>MapiGate</c> is used, or a section of the container's own <see cref="IConfiguration"/>. A
    /// section of any other root fails the start: use <see cref="AddMapiGate(IServiceCollection, IConfigurationRoot, string)"/>.
    /// </param>
    public static IMapiGateBuilder AddMapiGate(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration is IConfigurationRoot root)
        {
            return services.AddMapiGate(root, SectionName);
        }

        var section = configuration as IConfigurationSection ?? configuration.GetSection(SectionName);
        return services.AddMapiGate(section, provider => FollowedConfiguration.Of(section, provider.GetService<IConfiguration>()));
    }

    /// <summary>Adds a <see cref="Gatekeeper"/> whose policy is read from a section of a configuration and follows it as it changes.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="root">The configuration.</param>
    /// <param name="section">The path of the section with the keys of <see cref="MapiGateOptions"/>, as in <c>MapiGate</c> or <c>Store:MapiGate</c>.</param>
    public static IMapiGateBuilder AddMapiGate(this IServiceCollection services, IConfigurationRoot root, string section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        return services.AddMapiGate(root.GetSection(section), _ => new FollowedConfiguration(root, section));
    }

    /// <summary>
    /// Keeps the policy in force in a file, so that a restart begins from it: a change that is held is held again, and what
    /// is written but cannot be read is reported instead of failing the start.
    /// </summary>
    /// <param name="builder">The gate's builder.</param>
    /// <param name="path">The file. It is made when needed, with its folder; the process must be allowed to write there.</param>
    public static IMapiGateBuilder RememberPolicy(this IMapiGateBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.Replace(ServiceDescriptor.Singleton(new PolicyMemory(path)));
        return builder;
    }

    private static IMapiGateBuilder AddMapiGate(this IServiceCollection services, IConfigurationSection section, Func<IServiceProvider, FollowedConfiguration> follow)
    {
        services.AddSingleton<IConfigureOptions<MapiGateOptions>>(new ConfigurationReader(section));
        services.AddSingleton<IOptionsChangeTokenSource<MapiGateOptions>>(new ConfigurationChangeTokenSource<MapiGateOptions>(section));
        services.AddSingleton(follow);
        return services.AddMapiGate();
    }
}
