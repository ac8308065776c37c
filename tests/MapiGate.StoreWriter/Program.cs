// Writes a policy file again and again, until it is killed: each document longer or shorter than the one before, and whole
// only if its two ends agree. Prints a line for each write that returned.
using MapiGate;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
builder.AddMapiGatePolicyFile(args[0]);
builder.Services.AddMapiGate(builder.Configuration);
using var host = builder.Build();
var store = host.Services.GetRequiredService<IPolicyStore>();
for (var i = 1; args.Length < 2 || i <= int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture); i++)
{
    var filling = string.Join("; ", Enumerable.Range(0, i * 37 % 400).Select(n => $"program{n}.exe"));
    var written = await store.WriteAsync(
        $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{filling}}", "DisableMapiClients": "-{{i % 100}}" } }""",
        (await store.ReadAsync()).Version,
        "writer",
        $"write {i}");
    Console.WriteLine($"{written.Outcome} {written.Version}");
}
