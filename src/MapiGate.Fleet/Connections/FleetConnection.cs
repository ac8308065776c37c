using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace MapiGate.Fleet;

/// <summary>
/// A connection that outlives its servers: it never gives up, and nobody waits for it. What it was denied the server says
/// apart from any answer, so it is kept here.
/// </summary>
internal sealed class FleetConnection : IAsyncDisposable
{
    // The longest that anything asked of a server may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // A server answers within milliseconds; one that hangs is asked by the others as long as they take it for alive.
    private static readonly TimeSpan UntilAnotherIsAsked = TimeSpan.FromSeconds(0.25);

    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(1);

    // Before it is asked why there is no connection, and after.
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _end = new();
    private readonly FleetCredentials _credentials;
    private readonly string _who;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private ServerRefusal? _deafness;
    private Task _probing = Task.CompletedTask;

    public FleetConnection(NatsOpts options, FleetCredentials credentials, string who, TimeProvider timeProvider, ILogger logger)
    {
        (_credentials, _who, _timeProvider, _logger) = (credentials, who, timeProvider, logger);
        Nats = new NatsConnection(options with { AuthOpts = credentials.AuthOpts, TlsOpts = credentials.TlsOpts });
        JetStream = new NatsJSContext(Nats);
        Nats.ConnectionOpened += (_, _) => Note(() =>
        {
            Failure = null;
            FleetLog.Connected(_logger, Nats.ServerInfo is { } server ? $"{server.Host}:{server.Port}" : options.Url, _who);
            Opened?.Invoke();
        });
        Nats.ConnectionDisconnected += (_, _) => Note(() =>
        {
            // Not when it is open again: by then the next server may have refused it, too.
            _deafness = null;
            FleetLog.Disconnected(_logger, _who);
        });
        Nats.ServerError += (_, error) => Note(() => NoteRefusal(error.Error));
    }

    /// <summary>Called at each connect and reconnect.</summary>
    public event Action? Opened;

    public NatsConnection Nats { get; }

    public NatsJSContext JetStream { get; }

    public bool IsOpen => Nats.ConnectionState == NatsConnectionState.Open;

    /// <summary>Why there is no connection, if somebody has to mend something before there is; <see langword="null"/> otherwise.</summary>
    public string? Failure { get; private set; }

    /// <summary>What the server refused last.</summary>
    public ServerRefusal? Refusal { get; private set; }

    /// <summary>
    /// What the server refused within the last minute, for who has to mend it; <see langword="null"/> when nothing. What it won't
    /// let this connection hear it says once, and it holds for as long as the connection.
    /// </summary>
    public string? FindRefusal() => (_deafness ?? Refusal) is { } refusal && (refusal == _deafness || _timeProvider.GetElapsedTime(refusal.Timestamp) < Shown)
        ? string.Create(CultureInfo.InvariantCulture, $"The fleet's server refused {_who} at {refusal.At:u}: {refusal.Text}. Compare the rights of its credentials with docs/fleet.md.")
        : null;

    /// <summary>Begins to connect.</summary>
    public void Start()
    {
        _ = ConnectAsync();
        _probing = ProbeAsync();
    }

    /// <summary>Asks something of the servers that has to be answered soon.</summary>
    /// <exception cref="IOException">It was not; the message says why.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            throw new IOException(Failure ?? $"No server of the fleet can be reached ({Nats.Opts.Url}).");
        }

        var begun = _timeProvider.GetTimestamp();
        using var late = new CancellationTokenSource(Patience, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException or ObjectDisposedException && !cancellationToken.IsCancellationRequested)
        {
            throw Refusal is { } refusal && refusal.Timestamp >= begun
                ? new IOException($"The fleet's server refused it: {refusal.Text}.", e)
                : new IOException(e is NatsException ? $"The fleet's servers cannot do it: {e.Message}" : "The fleet's servers do not answer.", e);
        }
    }

    /// <summary>Asks what any of several servers can answer: again and again, until one does, since the one that was picked may hang.</summary>
    /// <exception cref="IOException">None did; the message says why.</exception>
    public Task<NatsMsg<byte[]>> AskAnyAsync(string subject, byte[] question, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
            List<Task<NatsMsg<byte[]>>> asked = [];
            try
            {
                // Ever longer: servers that are merely busy are not to be asked ever more. Seven times in all: one that hangs is
                // picked every third time, or every second.
                for (var pause = UntilAnotherIsAsked; ; pause *= 1.2)
                {
                    asked.Add(Nats.RequestAsync<byte[], byte[]>(subject, question, cancellationToken: over.Token).AsTask());
                    await Task.WhenAny([.. asked, Task.Delay(pause, _timeProvider, over.Token)]).ConfigureAwait(false);
                    if (asked.Find(answer => answer.IsCompleted) is { } answer)
                    {
                        return await answer.ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                await over.CancelAsync().ConfigureAwait(false);
            }
        },
        cancellationToken);

    /// <summary>Asks about a stream what only the server can answer that leads it, and takes its answer: others may answer, too, that they can't.</summary>
    /// <exception cref="IOException">It did not; the message says why.</exception>
    public Task<StreamInfoAnswer> AskLeaderAsync(string subject, byte[] question, CancellationToken cancellationToken) => AskAsync(
        async token =>
        {
            StreamInfoAnswer? last = null;
            try
            {
                await foreach (var answer in Nats.RequestManyAsync<byte[], byte[]>(subject, question, cancellationToken: token).ConfigureAwait(false))
                {
                    last = JsonSerializer.Deserialize(answer.Data, StreamInfoJson.Default.StreamInfoAnswer);
                    if (last is not null and not { Error.Code: StreamError.NotEnabledForAccount })
                    {
                        return last;
                    }
                }
            }
            catch (OperationCanceledException) when (last is not null && !cancellationToken.IsCancellationRequested)
            {
                // Nobody knew better.
            }
            catch (JsonException e)
            {
                throw new NatsException("No such answer is known.", e);
            }

            return last ?? throw new NatsNoReplyException();
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _probing.ConfigureAwait(false);
        await Nats.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            await Nats.ConnectAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or ObjectDisposedException or OperationCanceledException)
        {
            // It goes on trying by itself, unless it has been disposed.
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(BetweenProbes, _timeProvider, _end.Token).ConfigureAwait(false);
                var failure = IsOpen ? null : await ConnectProbe.FindFailureAsync(Nats.Opts, _credentials, _who, Patience, _timeProvider, _end.Token).ConfigureAwait(false);
                if (failure is not null && failure != Failure && !IsOpen)
                {
                    FleetLog.ConnectFailed(_logger, failure);
                }

                Failure = IsOpen ? null : failure;
            }
        }
        catch (OperationCanceledException)
        {
            // It is no longer asked.
        }
    }

    // What is said of who comes, is said at each of its attempts, and told by what finds out why there is no connection.
    private void NoteRefusal(string error)
    {
        if (!FleetCredentials.IsAboutWho(error))
        {
            Refusal = new ServerRefusal(error, _timeProvider.GetUtcNow(), _timeProvider.GetTimestamp());
            _deafness = error.Contains("Subscription", StringComparison.OrdinalIgnoreCase) ? Refusal : _deafness;
            FleetLog.ServerRefused(_logger, _who, error);
        }
    }

    private static ValueTask Note(Action note)
    {
        note();
        return ValueTask.CompletedTask;
    }
}
