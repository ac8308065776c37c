using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MapiGate.Tests.Configuration;

/// <summary>A gate in a host of its own, with a policy file in a folder of its own.</summary>
internal sealed class StoredGate : IDisposable
{
    private readonly IHost _host;

    public StoredGate(string folder, Action<IHostApplicationBuilder>? before = null, Action<IHostApplicationBuilder>? after = null)
    {
        File = Path.Combine(folder, "mapigate.policy.json");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder });
        before?.Invoke(builder);
        builder.AddMapiGatePolicyFile();
        after?.Invoke(builder);
        builder.Services.AddLogging();
        builder.Services.AddMapiGate(builder.Configuration);
        _host = builder.Build();
        Gatekeeper = _host.Services.GetRequiredService<Gatekeeper>();
        Store = _host.Services.GetRequiredService<IPolicyStore>();
    }

    public string File { get; }

    public Gatekeeper Gatekeeper { get; }

    public IPolicyStore Store { get; }

    public static string Blocking(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";

    public async Task<PolicyWrite> WriteAsync(string document, string author = "jane", string? reason = null) =>
        await Store.WriteAsync(document, (await Store.ReadAsync()).Version, author, reason);

    public void Dispose() => _host.Dispose();
}
