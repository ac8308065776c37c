using System.Diagnostics.Metrics;
using MapiGate;
using MapiGate.AspNetCore;
using Microsoft.AspNetCore.Authentication;
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
            services.GetRequiredService<ILoggerFactory>().CreateLogger("MapiGate.AspNetCore"),
            services.GetService<HttpMetrics>() ?? new HttpMetrics(services.GetService<IMeterFactory>()),
            new ServerTraits(options)));
        if (services.GetService<IHostApplicationLifetime>() is { } host)
        {
            host.ApplicationStopping.Register(contexts.EndWaits);
            host.ApplicationStopped.Register(contexts.Dispose);
        }

        var knowsAccounts = options.AccountOf is not null || services.GetService<IAuthenticationSchemeProvider>() is not null;
        return app.Use(server => new MapiGateMiddleware(server, gatekeeper, contexts, knowsAccounts).InvokeAsync);
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
