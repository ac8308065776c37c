namespace MapiGate;

/// <summary>Keeps the policy document in a file. Several processes may share it.</summary>
internal sealed class PolicyFileStore(PolicyFileSource source, IPolicyDocumentFollower follower, TimeProvider timeProvider) : IPolicyStore
{
    private readonly PolicyFile _file = new(source.Path);
    private readonly PolicyHistory _history = new(source.Path);

    public string Name => source.Path;

    public Task<StoredPolicy> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(_file.Read());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(e, "read");
        }
    }

    public async Task<PolicyWrite> WriteAsync(string document, string expectedVersion, string author, string? reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(expectedVersion);
        ArgumentException.ThrowIfNullOrWhiteSpace(author);
        if (follower.FindObjection(source, document) is { } objection)
        {
            return objection;
        }

        try
        {
            await using var held = (await PolicyFileLock.AcquireAsync(source.Path, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            var before = _file.Read();
            _history.CatchUp(before, timeProvider.GetUtcNow());
            if (before.Version != expectedVersion)
            {
                return new PolicyWrite
                {
                    Outcome = PolicyWriteOutcome.Moved,
                    Version = before.Version,
                    Errors = [$"The document has version {before.Version} by now, and not {expectedVersion}; look at it again, and decide anew."],
                };
            }

            if (document != before.Document || before.Version == PolicyFile.Absent)
            {
                Write(document, author, reason?.Trim() ?? string.Empty);
            }

            return new PolicyWrite
            {
                Outcome = PolicyWriteOutcome.Written,
                Version = PolicyFile.VersionOf(document),
                Receipt = follower.Follow(source),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PolicyWrite { Outcome = PolicyWriteOutcome.Unavailable, Errors = [Unavailable(e, "written").Message] };
        }
    }

    public async Task<IReadOnlyList<PolicyHistoryEntry>> HistoryAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await using var held = (await PolicyFileLock.AcquireAsync(source.Path, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            _history.CatchUp(_file.Read(), timeProvider.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It can be read all the same, but for what cannot be noted now.
        }

        return _history.Read();
    }

    public Task<PolicyDraft> DraftAsync(string document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Task.FromResult(follower.Draft(source, document));
    }

    // Only who holds the lock may call it: an entry that is given up is its own.
    private void Write(string document, string author, string reason)
    {
        _history.Announce(document, author, reason, timeProvider.GetUtcNow());
        try
        {
            _file.Write(document);
        }
        catch
        {
            _history.GiveUp();
            throw;
        }

        try
        {
            _history.Complete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The document is in place, and counts. Whoever looks next finishes its entry.
        }
    }

    private IOException Unavailable(Exception e, string what) => new(
        $"{source.Path} cannot be {what}: {e.Message} The policy is as it was. "
        + "Make room, give this process the right to write there, or, where the file itself is mounted, mount its folder instead.",
        e);
}
