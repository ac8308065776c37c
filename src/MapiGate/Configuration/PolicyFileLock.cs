namespace MapiGate;

/// <summary>Keeps other writers of a policy file away, in this process and in others. It goes with the process that holds it.</summary>
internal static class PolicyFileLock
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);

    /// <summary>The lock; <see langword="null"/> when another has it.</summary>
    public static FileStream? TryAcquire(string path)
    {
        try
        {
            return new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException or FileNotFoundException) && File.Exists($"{path}.lock"))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="IOException">Another writer did not finish.</exception>
    public static async Task<FileStream> AcquireAsync(string path, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryAcquire(path) is { } held)
            {
                return held;
            }

            if (TimeProvider.System.GetElapsedTime(start) > LongestWait)
            {
                throw new IOException($"Another process has held {path}.lock for {LongestWait.TotalSeconds} seconds; end it, and try again.");
            }

            await Task.Delay(Retry, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }
}
