namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>Waits that end: a test that waits for what never comes fails, and says where.</summary>
internal static class Bounded
{
    // Long enough for a busy build machine: it is only ever waited out by a test that fails.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>For what is seen only by looking: the gate leaves a request just after the client has its answer.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException("What was waited for never came.");
            }

            await Task.Yield();
        }
    }
}
