using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Attack.Tests;

/// <summary>A gate before a server, in memory, where millions of requests do not wait for sockets.</summary>
internal static class InMemoryGate
{
    public static async Task<WebApplication> StartAsync(TimeProvider clock, RequestDelegate server, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(clock);
        builder.Services.AddMapiGate();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseMapiGate();
        app.Run(server);
        await app.StartAsync();
        return app;
    }
}
