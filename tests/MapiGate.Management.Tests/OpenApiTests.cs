using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Management.Tests;

public class OpenApiTests
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>MAPIGATE_ACCEPT_OPENAPI=1 writes it anew, for a change that is meant.</summary>
    [Fact]
    public async Task OpenApi_Embedded_IsWhatTheEndpointsSay()
    {
        await using var gate = await ManagedGate.StartAsync(
            host =>
            {
                host.Services.AddMapiGateTokens();
                host.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
                {
                    document.Info = new() { Title = "MapiGate management", Version = "1" };
                    document.Servers?.Clear();
                    return Task.CompletedTask;
                }));
            },
            app =>
            {
                app.MapMapiGateManagement();
                app.MapOpenApi();
            });

        var made = JsonNode.Parse(await gate.Http.GetStringAsync(new Uri(gate.Url, "/openapi/v1.json")))!.ToJsonString(Format) + "\n";

        if (Environment.GetEnvironmentVariable("MAPIGATE_ACCEPT_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(typeof(OpenApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "OpenApi").Value!, made);
        }

        (await gate.Http.GetStringAsync(new Uri(gate.Url, "openapi.json"))).ReplaceLineEndings("\n").Should().Be(made.ReplaceLineEndings("\n"));
    }
}
