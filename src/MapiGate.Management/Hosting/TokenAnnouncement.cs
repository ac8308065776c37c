using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management;

/// <summary>
/// Reads the tokens when the host starts, so that a file that cannot be used fails the start and not the first request, and
/// says where management is when it listens.
/// </summary>
internal sealed class TokenAnnouncement(TokenFile tokens, IServer server, ILoggerFactory loggers) : IHostedLifecycleService
{
    /// <summary>The path that management is mapped below; <see langword="null"/> while it is not.</summary>
    public string? Path { get; set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        tokens.Read();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        // Where management has a listener of its own, it is the last.
        if (Path is not null && server.Features.Get<IServerAddressesFeature>()?.Addresses.LastOrDefault() is { } address)
        {
            AuditLog.ManagementAt(AuditLog.Of(loggers), $"{address}{Path}/", tokens.Path);

            // Ready to click, for whoever sits there; never in a log, which others read.
            if (Environment.UserInteractive && !Console.IsOutputRedirected && tokens.Read().FirstOrDefault(token => token.MayWrite) is { } token)
            {
                Console.WriteLine($"Manage the gate at {address}{Path}/#token={token.Token}");
            }
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
