using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using StoreServiceHost.Mailboxes;
using StoreServiceHost.Requests;

namespace StoreServiceHost.Logging;

/// <summary>Says once, when the server listens, where. What the policy is and where it comes from, the gate says itself.</summary>
internal sealed class StartupReport(IServer server, MailboxDirectory mailboxes, HostLog log) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        log.Listening(string.Join(" and ", addresses.Select(address => address + EmsmdbEndpoint.Path)), mailboxes.Count);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
