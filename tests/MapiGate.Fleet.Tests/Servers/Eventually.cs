namespace MapiGate.Fleet.Tests.Servers;

/// <summary>For what another process does, and can only be seen by asking it.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is as wanted; how long it took. Fails with the last answer once the time is over.</summary>
    public static async Task<TimeSpan> TrueAsync(Func<Task<bool>> condition, TimeSpan within, Func<string> whatWasSeen)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > within)
            {
                throw new TimeoutException($"It did not come within {within.TotalSeconds:0.#} s. {whatWasSeen()}");
            }

            await timer.WaitForNextTickAsync();
        }

        return TimeProvider.System.GetElapsedTime(start);
    }
}
