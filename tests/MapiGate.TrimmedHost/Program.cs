using MapiGate;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A host that embeds the core as any server would, published trimmed by a test: what is printed here must not depend on
// anything the trimmer takes away.
var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
var policyFile = Path.Combine(AppContext.BaseDirectory, "policy.json");
WritePolicy("program1.exe");
builder.Configuration.AddJsonFile(policyFile);
builder.Services.AddMapiGate(builder.Configuration);
using var host = builder.Build();
await host.StartAsync();

var gatekeeper = host.Services.GetRequiredService<Gatekeeper>();
using var outlook = LogOn("OUTLOOK.EXE");
LogOn("program1.exe");

ChangePolicy("program1.exe; outlook.exe");
Console.WriteLine($"changed by configuration: revision {gatekeeper.Revision}, OUTLOOK.EXE {outlook!.Verdict}");

try
{
    ChangePolicy("program1.exe\", \"Mode\": \"Sometimes");
}
catch (AggregateException)
{
    // Who reloads by hand is told by the options monitor what was wrong; the gate keeps its policy either way.
}

Console.WriteLine($"not valid: revision {gatekeeper.Revision}, last known good: {gatekeeper.Status.IsLastKnownGood}");

using var backup = LogOn("backup.exe");
var receipt = gatekeeper.Apply(ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = "back*.exe" }));
Console.WriteLine($"applied: revision {receipt.Revision}, {receipt.Disconnected} disconnected, {gatekeeper.Sessions.Count} left");

await host.StopAsync();

MapiSession? LogOn(string program)
{
    gatekeeper.TryLogon(new MapiClient { ProcessNames = [program] }, out var session, out var verdict);
    Console.WriteLine($"{program}: {verdict}");
    return session;
}

void ChangePolicy(string programs)
{
    WritePolicy(programs);
    ((IConfigurationRoot)builder.Configuration).Reload();
}

void WritePolicy(string programs) =>
    File.WriteAllText(policyFile, $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{programs}}" } }""");
