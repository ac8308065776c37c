using NATS.Client.Core;

namespace MapiGate.Fleet;

/// <summary>
/// Finds out why no connection comes about. The client tries on by itself and tells nobody why it has to; one that tries but
/// once does.
/// </summary>
internal static class ConnectProbe
{
    /// <summary>Asks one server after the other.</summary>
    /// <returns>What somebody has to mend, of the first where there is something; <see langword="null"/> when none says so, or none can be reached.</returns>
    public static async Task<string?> FindFailureAsync(NatsOpts options, FleetCredentials credentials, string who, TimeSpan patience, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        foreach (var server in options.Url.Split(','))
        {
            var probe = new NatsConnection(options with { Url = server, RetryOnInitialConnect = false });
            await using (probe.ConfigureAwait(false))
            {
                try
                {
                    await probe.ConnectAsync().AsTask().WaitAsync(patience, timeProvider, cancellationToken).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // Whatever it is, it is what the connection meets, too.
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    if (credentials.FindFailure(server, who, e, probe.ServerInfo) is { } failure)
                    {
                        return failure;
                    }
                }
            }
        }

        return null;
    }
}
