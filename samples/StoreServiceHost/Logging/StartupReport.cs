using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration.Json;
using StoreServiceHost.Mailboxes;
using StoreServiceHost.Requests;

namespace StoreServiceHost.Logging;

/// <summary>
/// Says once, when the server listens: where, and where its policy comes from. Who edits the wrong file finds out
/// here. What the policy is, the gate has said itself by then.
/// </summary>
internal sealed class StartupReport(
    IServer server, IConfiguration configuration, MailboxDirectory mailboxes, HostLog log) : IHostedLifecycleService
{
    public const string PolicySection = "MapiGate";

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        log.Listening(string.Join(" and ", addresses.Select(address => address + EmsmdbEndpoint.Path)), mailboxes.Count);
        log.PolicySource(DescribeSources());
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The configuration providers that say something about the policy; a later one overrides an earlier one.</summary>
    private string DescribeSources()
    {
        var sources = ((IConfigurationRoot)configuration).Providers
            .Where(provider => provider.GetChildKeys([], PolicySection).Any())
            .Select(provider => provider is JsonConfigurationProvider { Source: { FileProvider: { } files, Path: { } path } }
                ? files.GetFileInfo(path).PhysicalPath
                : provider.GetType().Name)
            .ToArray();
        return sources.Length == 0 ? "nowhere: no source has a section " + PolicySection : string.Join(", then ", sources) + ", section " + PolicySection;
    }
}
