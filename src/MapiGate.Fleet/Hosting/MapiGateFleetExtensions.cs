using MapiGate;
using MapiGate.Fleet;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a gate one of a fleet.</summary>
public static class MapiGateFleetExtensions
{
    /// <summary>
    /// Follows the policy document that a fleet of gates shares on NATS JetStream: a source of configuration after those added
    /// so far, the <see cref="IPolicyStore"/> by which management changes it, and the <see cref="IGateFleet"/> that shows
    /// every gate. Where no servers are named nothing is added.
    /// </summary>
    /// <remarks>
    /// Nothing waits for the network: a gate that cannot reach the fleet starts with the last document that it had, enforces
    /// it, and says so.
    /// </remarks>
    /// <param name="builder">The host's builder, whose configuration the gate follows: <c>AddMapiGate(builder.Configuration)</c>.</param>
    /// <param name="configure">Sets what the section <see cref="FleetOptions.Section"/> of the configuration leaves out, and has the last word.</param>
    /// <exception cref="OptionsValidationException">A setting cannot be used; each failure names its key, its value and the fix.</exception>
    public static IHostApplicationBuilder AddMapiGateFleet(this IHostApplicationBuilder builder, Action<FleetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new FleetOptions();
        List<string> failures = [.. FleetOptionsReader.Read(builder.Configuration.GetSection(FleetOptions.Section), options)];
        configure?.Invoke(options);
        failures.AddRange(FleetOptionsValidator.Failures(options));
        if (failures.Count > 0)
        {
            throw new OptionsValidationException(FleetOptions.Section, typeof(FleetOptions), failures);
        }

        if (string.IsNullOrWhiteSpace(options.Servers))
        {
            return builder;
        }

        var lastGood = new LastGoodDocument(Path.Combine(builder.Environment.ContentRootPath, options.DataDirectory, $"mapigate.fleet.{GateKey.Of(options.Gate)}.json"));
        var source = new FleetPolicySource(options.Servers, lastGood);
        builder.Configuration.Add(source);
        AddServices(builder.Services, options, source, lastGood);
        return builder;
    }

    private static void AddServices(IServiceCollection services, FleetOptions options, FleetPolicySource source, LastGoodDocument lastGood)
    {
        services.AddSingleton(options);
        services.AddSingleton(source);
        services.AddSingleton(lastGood);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new FleetConnections(options, provider.GetRequiredService<TimeProvider>(), Logger(provider)));
        services.AddSingleton<DocumentBucket>();
        services.AddSingleton<ReceiptBucket>();
        services.AddSingleton(provider => new FleetBuckets(options, provider.GetRequiredService<FleetConnections>(), provider.GetRequiredService<DocumentBucket>(), provider.GetRequiredService<ReceiptBucket>(), Logger(provider)));
        services.AddSingleton(provider => new FleetFollower(source, Follower(provider), lastGood, Logger(provider)));
        services.AddSingleton<FleetContact>();
        services.AddSingleton(provider => new DocumentListener(
            provider.GetRequiredService<FleetConnections>(),
            provider.GetRequiredService<DocumentBucket>(),
            provider.GetRequiredService<FleetBuckets>(),
            provider.GetRequiredService<FleetFollower>(),
            provider.GetRequiredService<FleetContact>(),
            new Wakeups(provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            Logger(provider)));
        services.AddSingleton(provider => new GateReporter(
            options,
            source,
            Follower(provider),
            provider.GetRequiredService<FleetFollower>(),
            provider.GetRequiredService<ReceiptBucket>(),
            provider.GetRequiredService<FleetBuckets>(),
            provider.GetRequiredService<FleetContact>(),
            new Wakeups(provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>(),
            Logger(provider)));
        services.AddSingleton<IPolicyStore, FleetPolicyStore>();
        services.AddSingleton(provider => new FleetAsker(
            provider.GetRequiredService<FleetConnections>().Administrator?.Nats,
            options.Gate,
            Follower(provider).Gatekeeper,
            provider.GetRequiredService<IPolicyStore>()));
        services.AddSingleton(provider => new GateAnswerer(
            provider.GetRequiredService<FleetConnections>().Gate.Nats,
            options.Gate,
            Follower(provider).Gatekeeper,
            provider.GetRequiredService<IPolicyStore>(),
            provider.GetRequiredService<FleetAsker>().IsOwn));
        services.AddSingleton<IGateFleet, NatsGateFleet>();
        services.AddHostedService<FleetService>();
    }

    private static IPolicyDocumentFollower Follower(IServiceProvider provider) => provider.GetService<IPolicyDocumentFollower>()
        ?? throw new InvalidOperationException("There is a fleet, and no gate that follows it; call services.AddMapiGate(builder.Configuration).");

    // In a category of its own; whatever a log throws is no reason to stop following.
    private static NonThrowingLogger Logger(IServiceProvider provider) =>
        new(provider.GetService<ILoggerFactory>()?.CreateLogger("MapiGate.Fleet") ?? NullLogger.Instance);
}
