using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MapiGate.EndToEnd.Tests.Docs;

/// <summary>The code that stands in the documents, line for line, so that it is compiled and run.</summary>
internal static class Snippets
{
    public static void RunServer(string[] args, AnyStore store)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddMapiGate(builder.Configuration);
        builder.Services.AddHealthChecks().AddMapiGate();
        var app = builder.Build();
        app.UseMapiGate();
        app.MapPost("/mapi/emsmdb", store.AnswerAsync);
        app.MapHealthChecks("/healthz");
        app.Run();
    }

    public static async Task<PolicyReceipt> EmbedAsync(Action<MapiSession> CloseConnectionOf)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);

        var client = new MapiClient { ProcessNames = ["program1.exe"], UserName = "janedow" };
        if (gatekeeper.TryLogon(client, out var session, out var verdict))
        {
            session.Disconnected.Register(() =>
            {
                CloseConnectionOf(session);
                session.Dispose(); // as at logoff
            });
        }

        var receipt = gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "program1.exe" }));
        await receipt.Completion;

        return receipt;
    }

    public static void Preview(Gatekeeper gatekeeper)
    {
        var preview = gatekeeper.Preview(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "mfcmapi*.exe" }));
        Console.WriteLine($"{preview.Disconnected.Count} of {preview.Examined} sessions would be disconnected");
    }

    public static void Explain(Gatekeeper gatekeeper)
    {
        Console.WriteLine(gatekeeper.Explain(new MapiClient { ProcessNames = ["backup.exe"], UserName = "svc-backup" }));
    }

    public static void Remember(IServiceCollection services, IConfiguration configuration)
    {
        services.AddMapiGate(configuration).RememberPolicy("state/mapigate.json");
    }

    public static void Manage(IHostApplicationBuilder builder)
    {
        builder.AddMapiGatePolicyFile();
        builder.Services.AddMapiGate(builder.Configuration);
        builder.AddMapiGateManagement();
    }

    public static WebApplication ManageInItsOwnPipeline(WebApplicationBuilder builder)
    {
        builder.Services.AddMapiGateTokens();
        var app = builder.Build();
        app.MapMapiGateManagement("/mapigate");
        return app;
    }

    public static void OwnProcesses(IServiceCollection services)
    {
        services.AddMapiGate(options => options.OwnProcesses.Add("store.exe"));
    }

    public static void Registry(WebApplicationBuilder builder)
    {
        if (OperatingSystem.IsWindows())
        {
            builder.Configuration.AddMapiGateRegistry();
        }

        builder.Services.AddMapiGate(builder.Configuration.GetSection("MapiGate"));
    }

    [SupportedOSPlatform("windows")]
    public static void RegistryOptions(WebApplicationBuilder builder)
    {
        builder.Configuration.AddMapiGateRegistry(options => options.PollInterval = TimeSpan.FromMinutes(1));
    }
}
