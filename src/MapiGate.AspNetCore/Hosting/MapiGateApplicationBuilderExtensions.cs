using System.Diagnostics.Metrics;
using MapiGate;
using MapiGate.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the gate into an application's pipeline.</summary>
public static class MapiGateApplicationBuilderExtensions
{
    /// <summary>
    /// Puts the gate in front of whatever serves MAPI/HTTP: endpoints of this application, or a proxy to another server. It
    /// belongs after authentication, so that a session knows its account, and before everything that answers requests.
    /// </summary>
    /// <param name="app">The application, with a <see cref="Gatekeeper"/> among its services (<c>services.AddMapiGate()</c>).</param>
    /// <exception cref="InvalidOperationException">There is no <see cref="Gatekeeper"/>.</exception>
    /// <exception cref="OptionsValidationException">A value of <see cref="MapiGateHttpOptions"/> can't be used.</exception>
    public static IApplicationBuilder UseMapiGate(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.ApplicationServices;
        var gatekeeper = services.GetService<Gatekeeper>()
            ?? throw new InvalidOperationException("There is no Gatekeeper: call services.AddMapiGate() before app.UseMapiGate().");
        var options = ReadOptions(services);
        var contexts = new ContextTable(options, new AnswerEnvironment(
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            new NonThrowingLogger(services.GetRequiredService<ILoggerFactory>().CreateLogger("MapiGate.AspNetCore")),
            services.GetService<HttpMetrics>() ?? new HttpMetrics(services.GetService<IMeterFactory>()),
            new ServerTraits(options)), CreateSeals(services, options));
        if (services.GetService<IHostApplicationLifetime>() is { } host)
        {
            host.ApplicationStopping.Register(contexts.EndWaits);
            host.ApplicationStopped.Register(contexts.Dispose);
        }

        var knowsAccounts = options.AccountOf is not null || services.GetService<IAuthenticationSchemeProvider>() is not null;
        return app.Use(server => new MapiGateMiddleware(server, gatekeeper, contexts, knowsAccounts).InvokeAsync);
    }

    // Keys that end with the process would be worse than none: every client would be cut at the next start, and nobody told.
    private static SealKeeper? CreateSeals(IServiceProvider services, MapiGateHttpOptions options)
    {
        if (!options.SealContexts)
        {
            return null;
        }

        if (services.GetService<IDataProtectionProvider>() is not { } protection || services.GetService<IOptions<KeyManagementOptions>>()?.Value.XmlRepository is null)
        {
            throw new InvalidOperationException(
                $"{nameof(MapiGateHttpOptions)}.{nameof(options.SealContexts)} needs keys that are kept: call services.AddDataProtection().PersistKeysToFileSystem(...), or another of its kind, and the same for every gate before one server.");
        }

        var seals = new SealKeeper(protection, options.SealCookie, services.GetService<TimeProvider>() ?? TimeProvider.System);

        // At start, and not at the first logon: a place that can't be written to throws here.
        seals.Create(new MapiClient(), string.Empty, string.Empty, TimeSpan.Zero, out _);
        return seals;
    }

    // AddHttp registers the validator; whoever configured the options without it is told just the same.
    private static MapiGateHttpOptions ReadOptions(IServiceProvider services)
    {
        var options = services.GetService<IOptions<MapiGateHttpOptions>>()?.Value ?? new MapiGateHttpOptions();
        var result = new MapiGateHttpOptionsValidator().Validate(name: null, options);
        return result.Failed
            ? throw new OptionsValidationException(Options.DefaultName, typeof(MapiGateHttpOptions), result.Failures)
            : options;
    }
}
