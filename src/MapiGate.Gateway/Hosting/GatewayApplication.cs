using MapiGate.Gateway.Connections;
using MapiGate.Gateway.Credentials;
using MapiGate.Gateway.Forwarding;
using MapiGate.Gateway.Health;
using MapiGate.Gateway.Options;
using MapiGate.Gateway.Tls;
using MapiGate.Management;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace MapiGate.Gateway.Hosting;

/// <summary>Puts the parts together.</summary>
internal static class GatewayApplication
{
    /// <exception cref="OptionsValidationException">The section Gateway can't be used as it is.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Host.UseSystemd().UseWindowsService(service => service.ServiceName = "MapiGate");
        AddSettingsFile(builder.Configuration);
        if (OperatingSystem.IsWindows())
        {
            builder.Configuration.AddMapiGateRegistry();
        }

        if (!GatewayOptionsReader.TryRead(builder.Configuration.GetSection(GatewayOptions.Section), out var options, out var errors))
        {
            throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions), errors);
        }

        var folder = DataFolder.Of(options);
        AddPolicyStore(builder, folder);
        builder.AddMapiGateManagement(management => Configure(management, options, folder));
        builder.WebHost.ConfigureKestrel(kestrel => Listeners.Configure(kestrel, options));
        AddServices(builder, options);
        AddGate(builder, options, folder);
        AddTelemetry(builder);
        var app = builder.Build();
        Run(app, options);
        return app;
    }

    // A file, or the document of a fleet where its servers are named.
    private static void AddPolicyStore(WebApplicationBuilder builder, string folder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["Fleet:Servers"]))
        {
            builder.AddMapiGatePolicyFile(Path.Combine(folder, "mapigate.policy.json"));
        }

        builder.AddMapiGateFleet(fleet => fleet.DataDirectory = fleet.DataDirectory is "" ? folder : fleet.DataDirectory);
    }

    // On a listener of its own, with tokens of its own: no request of a client's can lead there.
    private static void Configure(ManagementServerOptions management, GatewayOptions options, string folder)
    {
        management.Url = options.Management;
        management.TokenFile = Path.Combine(folder, "mapigate.tokens.json");
        management.MapEndpoints = HealthPages.Map;
    }

    // Before the environment and the command line, which win over it; and before all others what is said of logging nowhere.
    private static void AddSettingsFile(ConfigurationManager configuration)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogSettings.Defaults });
        var last = configuration.Sources.OfType<JsonConfigurationSource>().LastOrDefault();
        configuration.Sources.Insert(
            last is null ? 0 : configuration.Sources.IndexOf(last) + 1,
            new JsonConfigurationSource { Path = "gateway.json", Optional = true, ReloadOnChange = true });
    }

    private static void AddServices(WebApplicationBuilder builder, GatewayOptions options)
    {
        var services = builder.Services;
        services.AddHttpForwarder();
        services.AddSingleton(options);
        services.AddSingleton<ServerConnections>();
        services.AddSingleton<ForwardedPaths>();
        services.AddSingleton<ForwardedCookies>();
        services.AddSingleton<RequestTransformer>();
        services.AddSingleton<UserRules>();
        services.AddSingleton<RequestCheck>();
        services.AddSingleton<ContextEnding>();
        services.AddSingleton<ServerForwarder>();
        if (options.CertificateFile is not "")
        {
            services.AddSingleton<FollowedCertificate>();
        }

        services.AddSingleton<ShownCertificate>();
        services.AddSingleton<CertificateComparison>();
        services.AddHostedService<StartupReport>();
        services.AddHostedService<StartupCheck>();
        services.AddHealthChecks().AddMapiGate().AddMapiGateHttp()
            .AddCheck<CertificateHealthCheck>(CertificateHealthCheck.Name)
            .AddCheck<ServerHealthCheck>(ServerHealthCheck.Name, tags: [HealthPages.Ready]);
    }

    private static void AddGate(WebApplicationBuilder builder, GatewayOptions options, string folder)
    {
        var gate = builder.Services.AddMapiGate(builder.Configuration.GetSection("MapiGate"));
        var schemes = SemicolonList.Split(options.AccountSchemes);
        gate.AddHttp(http => http.AccountOf = context => AccountOf(context, schemes));
        builder.Services.AddOptions<AspNetCore.MapiGateHttpOptions>().Configure<ContextEnding>(static (http, contexts) => http.EndContext = contexts.EndAsync);
        gate.RememberPolicy(Path.Combine(folder, "mapigate.last-applied.json"));

        // By its seal a session outlives the gateway; the keys stand where only the gateway's account may read.
        builder.Services.AddDataProtection().SetApplicationName("MapiGate").PersistKeysToFileSystem(DataFolder.Create(folder, "keys"));
        gate.AddHttp(static http => http.SealContexts = true);
    }

    // On a connection of its own the server behind may know the user by the connection, whatever this credential says.
    private static string? AccountOf(HttpContext context, string[] schemes) =>
        ServerConnections.PairOf(context) is null
        && ClientCredential.TryRead(context.Request.Headers.Authorization, out var credential)
        && schemes.Contains(credential.Kind.ToString(), StringComparer.OrdinalIgnoreCase)
            ? ClaimedAccount.Of(credential)
            : null;

    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        // By the standard variables OTEL_*; without an address nothing is collected.
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddOpenTelemetry()
                .WithMetrics(static metrics => metrics.AddMeter("MapiGate*", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime"))
                .WithLogging()
                .UseOtlpExporter();
        }
    }

    private static void Run(WebApplication app, GatewayOptions options)
    {
        var check = app.Services.GetRequiredService<RequestCheck>();
        UseProxies(app, options);
        app.Use((context, next) => check.InvokeAsync(context, next));
        app.UseMapiGate();
        app.Run(app.Services.GetRequiredService<ServerForwarder>().ForwardAsync);
    }

    private static void UseProxies(WebApplication app, GatewayOptions options)
    {
        var trusted = SemicolonList.Split(options.TrustedProxies).Select(ProxyRanges.Parse).OfType<System.Net.IPNetwork>().ToArray();
        if (trusted.Length == 0)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var range in trusted)
        {
            forwarded.KnownIPNetworks.Add(range);
        }

        app.Use((context, next) =>
        {
            var address = context.Connection.RemoteIpAddress;
            context.Features.Set(new PeerFeature(address, ProxyRanges.Contain(trusted, address)));
            return next(context);
        });
        app.UseForwardedHeaders(forwarded);
    }
}
