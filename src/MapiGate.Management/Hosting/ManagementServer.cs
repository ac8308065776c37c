using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MapiGate.Management;

/// <summary>
/// The management of a host's gate on a server of its own. It shares the gate, the store, clock and log with the host, and no
/// request: neither a Host header nor the host's middleware can lead from one to the other.
/// </summary>
internal sealed class ManagementServer(IServiceProvider host, IConfiguration configuration, ManagementServerOptions options) : IHostedService
{
    private const string Section = "Management";
    private const int DefaultPort = 8026;
    private const string DefaultUrl = "http://127.0.0.1:8026";
    private const string AnyPort = "http://127.0.0.1:0";

    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var url = options.Url ?? configuration[$"{Section}:Url"] ?? ChooseUrl();
        if (url.Length == 0)
        {
            return;
        }

        _app = Build(url);
        try
        {
            await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"Management cannot listen at {url}: {e.Message} Write a free address as {Section}:Url, or nothing to do without it.", e);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            await _app.StopAsync(cancellationToken).ConfigureAwait(false);
            await _app.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Two gates on one machine, each with the default: neither has to know of the other.
    private string ChooseUrl()
    {
        if (IsFree(DefaultPort))
        {
            return DefaultUrl;
        }

        AuditLog.DefaultAddressTaken(AuditLog.Of(host.GetRequiredService<ILoggerFactory>()), DefaultUrl);
        return AnyPort;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private WebApplication Build(string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = host.GetRequiredService<IHostEnvironment>().ContentRootPath });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Configure(configuration.GetSection(Section));
        });
        builder.Services
            .AddRoutingCore()
            .AddAuthorization()
            .AddMapiGateTokens(options.TokenFile)
            .AddSingleton<IHostLifetime, HostsLifetime>()
            .AddSingleton<ILoggerFactory>(new WithoutHosting(host.GetRequiredService<ILoggerFactory>()))
            .AddSingleton(host.GetService<TimeProvider>() ?? TimeProvider.System)
            .AddSingleton(Needed<Gatekeeper>("services.AddMapiGate(builder.Configuration)"))
            .AddSingleton(Needed<IPolicyStore>("builder.AddMapiGatePolicyFile()"));
        if (host.GetService<IGateFleet>() is { } fleet)
        {
            builder.Services.AddSingleton(fleet);
        }

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapMapiGateManagement();
        options.MapEndpoints?.Invoke(app, host);
        return app;
    }

    private T Needed<T>(string call)
        where T : class => host.GetService<T>() ?? throw new InvalidOperationException($"AddMapiGateManagement has nothing to manage; call {call}.");

    /// <summary>The host's log, without what a host of its own says: that it cannot start is told once, in words, and not first with its stack.</summary>
    private sealed class WithoutHosting(ILoggerFactory loggers) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal) ? NullLogger.Instance : loggers.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

        public void Dispose()
        {
            // It is the host's.
        }
    }

    /// <summary>It lives as long as the host, which listens for signals itself.</summary>
    private sealed class HostsLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
