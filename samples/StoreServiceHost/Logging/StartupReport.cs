using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;
using StoreServiceHost.Mailboxes;
using StoreServiceHost.Requests;

namespace StoreServiceHost.Logging;

/// <summary>
/// Says when the server listens: where, and where its policy comes from, the latter again when it comes from elsewhere.
/// Who edits the wrong file finds out here. What the policy is, the gate has said itself by then.
/// </summary>
internal sealed class StartupReport(
    IServer server, IConfiguration configuration, MailboxDirectory mailboxes, HostLog log) : IHostedLifecycleService, IDisposable
{
    public const string PolicySection = "MapiGate";

    private IDisposable? _following;
    private string? _sources;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        log.Listening(string.Join(" and ", addresses.Select(address => address + EmsmdbEndpoint.Path)), mailboxes.Count);
        _following = ChangeToken.OnChange(configuration.GetReloadToken, ReportPolicySources);
        ReportPolicySources();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _following?.Dispose();

    private void ReportPolicySources()
    {
        var sources = PolicySources.Describe((IConfigurationRoot)configuration, PolicySection);
        if (Interlocked.Exchange(ref _sources, sources) != sources)
        {
            log.PolicySource(sources);
        }
    }
}
