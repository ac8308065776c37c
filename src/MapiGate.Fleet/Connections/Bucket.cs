using System.Globalization;
using System.Text;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace MapiGate.Fleet;

/// <summary>
/// A key-value bucket, as NATS tools know it. It is read by direct GET alone: no consumer is made, so that reading takes two
/// rights and leaves nothing behind on the servers.
/// </summary>
internal sealed class Bucket(string name)
{
    private const int WrongLastSequence = 10071;
    private const int NameInUse = 10058;
    private const int StreamNotFound = 10059;

    public string Stream { get; } = $"KV_{name}";

    public string Subject(string key) => $"$KV.{name}.{key}";

    /// <summary>Reads what stands under a key now.</summary>
    /// <exception cref="IOException">It can't be read; the message says why.</exception>
    public Task<BucketEntry> GetAsync(FleetConnection connection, string key, CancellationToken cancellationToken) =>
        GetAsync(connection, $"$JS.API.DIRECT.GET.{Stream}.{Subject(key)}", [], cancellationToken);

    /// <summary>Reads what was written as a revision of whatever key.</summary>
    /// <exception cref="IOException">It can't be read; the message says why.</exception>
    public Task<BucketEntry> GetAsync(FleetConnection connection, ulong revision, CancellationToken cancellationToken) =>
        GetAsync(connection, $"$JS.API.DIRECT.GET.{Stream}", Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{revision}}}")), cancellationToken);

    /// <summary>The keys that have a value.</summary>
    /// <exception cref="IOException">They can't be read; the message says why.</exception>
    public async Task<IReadOnlyList<string>> KeysAsync(FleetConnection connection, CancellationToken cancellationToken)
    {
        var state = await GetStateAsync(connection, cancellationToken).ConfigureAwait(false);
        return [.. (state.Subjects ?? []).Keys.Select(subject => subject[Subject(string.Empty).Length..])];
    }

    /// <summary>The last revision of whatever key, by the server that orders the writes: another may be behind.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public async Task<ulong> FindLastRevisionAsync(FleetConnection connection, CancellationToken cancellationToken) =>
        (await GetStateAsync(connection, cancellationToken).ConfigureAwait(false)).LastRevision;

    /// <summary>Writes a value over whatever is there.</summary>
    /// <returns>The new revision.</returns>
    /// <exception cref="IOException">No answer came, or no good one: it may have been written, and may not. The message says why.</exception>
    public async Task<ulong> PutAsync(FleetConnection connection, string key, byte[] value, CancellationToken cancellationToken) =>
        (await PublishAsync(connection, key, value, new NatsJSPubOpts { RetryAttempts = 1 }, cancellationToken).ConfigureAwait(false)).GetValueOrDefault();

    /// <summary>Writes a value in place of the one that is named.</summary>
    /// <param name="connection">By whose rights.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="revision">The revision that has to be there; 0 for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="IOException">No answer came, or no good one: it may have been written, and may not. The message says why.</exception>
    /// <remarks>
    /// The revision of a key alone is compared when a server takes the write, but not when the servers agree on it: in 2.9.10 two
    /// writes at the same time both succeed. The last revision of the whole bucket is compared then, too.
    /// </remarks>
    public async Task<bool> TryReplaceAsync(FleetConnection connection, string key, byte[] value, ulong revision, CancellationToken cancellationToken)
    {
        var last = await FindLastRevisionAsync(connection, cancellationToken).ConfigureAwait(false);
        var expected = new NatsJSPubOpts { ExpectedLastSubjectSequence = revision, ExpectedLastSequence = last, RetryAttempts = 1 };
        return await PublishAsync(connection, key, value, expected, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Makes the bucket, where there is none.</summary>
    /// <returns>Whether it was made.</returns>
    /// <exception cref="IOException">It can't be made; the message says why.</exception>
    public async Task<bool> TryMakeAsync(FleetConnection connection, StreamConfig configuration, CancellationToken cancellationToken)
    {
        if (await FindStateAsync(connection, cancellationToken).ConfigureAwait(false) is not null)
        {
            return false;
        }

        configuration.Name = Stream;
        configuration.Subjects = [Subject(">")];
        configuration.AllowDirect = true;
        configuration.Storage = StreamConfigStorage.File;
        configuration.Discard = StreamConfigDiscard.New;

        // A header of one message could take all others away.
        (configuration.AllowRollupHdrs, configuration.DenyDelete, configuration.DenyPurge) = (false, true, true);
        try
        {
            await connection.AskAsync(token => connection.JetStream.CreateStreamAsync(configuration, token), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException e) when (e.InnerException is NatsJSApiException { Error.ErrCode: NameInUse })
        {
            // Somebody was faster.
            return false;
        }
    }

    private async Task<StreamState> GetStateAsync(FleetConnection connection, CancellationToken cancellationToken) =>
        await FindStateAsync(connection, cancellationToken).ConfigureAwait(false) ?? throw new BucketMissingException($"The fleet's bucket {name} is missing; a gate with an administrator's credentials makes it.");

    // What the server says that orders the writes; null when there is no such bucket.
    private async Task<StreamState?> FindStateAsync(FleetConnection connection, CancellationToken cancellationToken)
    {
        var question = Encoding.ASCII.GetBytes($"{{\"subjects_filter\":\"{Subject(">")}\"}}");
        var answer = await connection.AskLeaderAsync($"$JS.API.STREAM.INFO.{Stream}", question, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { State: { } state } => state,
            { Error.Code: StreamNotFound } => null,
            _ => throw new IOException($"The fleet's servers answered: {answer.Error?.Description}."),
        };
    }

    // The new revision; null when another is there than expected.
    private async Task<ulong?> PublishAsync(FleetConnection connection, string key, byte[] value, NatsJSPubOpts options, CancellationToken cancellationToken)
    {
        var ack = await connection.AskAsync(token => connection.JetStream.PublishAsync(Subject(key), value, opts: options, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        return ack.Error switch
        {
            null => ack.Seq,
            { ErrCode: WrongLastSequence } => null,
            { } error => throw new IOException($"The fleet's servers cannot write it: {error.Description}."),
        };
    }

    private async Task<BucketEntry> GetAsync(FleetConnection connection, string subject, byte[] request, CancellationToken cancellationToken)
    {
        NatsMsg<byte[]> answer;
        try
        {
            answer = await connection.AskAnyAsync(subject, request, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (connection.IsOpen)
        {
            // A question about a bucket that isn't there gets no answer, and neither does one that nobody can answer now: only the
            // servers that order all writes know which.
            _ = await GetStateAsync(connection, cancellationToken).ConfigureAwait(false);
            throw;
        }

        if (answer.Headers is not { } headers || !headers.TryGetLastValue("Nats-Sequence", out var text) || !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return answer.Headers?.Code == 404 ? new BucketEntry(null, 0, default) : throw new IOException($"The fleet's servers answered: {answer.Headers?.MessageText}.");
        }

        var isDeleted = headers.TryGetLastValue("KV-Operation", out _);
        _ = headers.TryGetLastValue("Nats-Time-Stamp", out var time);
        return new BucketEntry(
            isDeleted ? null : answer.Data ?? [],
            sequence,
            DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written) ? written : default);
    }
}
