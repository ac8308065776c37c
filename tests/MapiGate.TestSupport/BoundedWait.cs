namespace MapiGate.TestSupport;

/// <summary>Waits that end: a test that would hang fails instead. The bound is far beyond anything a slow machine needs.</summary>
public static class BoundedWait
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static Task WithinBounds(this Task task) => task.WaitAsync(Bound);

    public static Task<T> WithinBounds<T>(this Task<T> task) => task.WaitAsync(Bound);

    public static void WaitWithinBounds(this WaitHandle handle)
    {
        if (!handle.WaitOne(Bound))
        {
            throw new TimeoutException("The signal did not come.");
        }
    }

    /// <summary>For what is seen only by looking.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Bound)
            {
                throw new TimeoutException("What was waited for never came.");
            }

            await Task.Yield();
        }
    }
}
