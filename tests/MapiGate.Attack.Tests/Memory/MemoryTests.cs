using System.Globalization;
using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Memory;

/// <summary>Clients that invent a new program name at every logon, and what is left of them.</summary>
public class MemoryTests(ITestOutputHelper output)
{
    // Buffers that the runtime grows for itself, such as a thread's, are not ours to return.
    private const long Margin = 1024 * 1024;

    private const int Logons = 10_000_000;
    private const int AtOnce = 200_000;

    [Fact]
    public async Task TenMillionLogons_ReleasedDisconnectedOrRefused_ReturnToTheStartingSize()
    {
        var gatekeeper = new Gatekeeper(Blocking("refused*"));
        LogOnAndEnd(gatekeeper, 0, 10_000);
        var before = Measure(gatekeeper);

        await Task.WhenAll(Enumerable.Range(1, 2).Select(thread => Task.Run(() => LogOnAndEnd(gatekeeper, thread * Logons, Logons / 2)))).WithinBounds();

        Check(gatekeeper, before, "ten million logons");
    }

    [Fact]
    public void ACrowdOfInventedPrograms_AliveAtOnce_ReturnsToTheStartingSizeWhenItHasGone()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        Crowd(gatekeeper, 1000, disconnect: false);
        var before = Measure(gatekeeper);

        Crowd(gatekeeper, AtOnce, disconnect: false);
        Check(gatekeeper, before, "a crowd that left");

        Crowd(gatekeeper, AtOnce, disconnect: true);
        Check(gatekeeper, before, "a crowd that was disconnected");
    }

    /// <summary>Of four clients two log off, one is refused and one, now and then, is disconnected with all of its kind.</summary>
    private static void LogOnAndEnd(Gatekeeper gatekeeper, int from, int count)
    {
        var held = new Queue<MapiSession>();
        for (var i = from; i < from + count; i++)
        {
            var name = i.ToString(i % 4 == 0 ? "'refused'0'.exe'" : "'invented'0'.exe'", CultureInfo.InvariantCulture);
            if (gatekeeper.TryLogon(new MapiClient { ProcessNames = [name] }, out var session, out _))
            {
                held.Enqueue(session);
            }

            if (i % 100_000 == 0)
            {
                gatekeeper.Apply(Blocking("refused*; invented*1.exe"));
                gatekeeper.Apply(Blocking("refused*"));
            }

            if (held.Count > 100)
            {
                held.Dequeue().Dispose();
            }
        }

        foreach (var session in held)
        {
            session.Dispose();
        }
    }

    private static void Crowd(Gatekeeper gatekeeper, int count, bool disconnect)
    {
        var sessions = new List<MapiSession>(count);
        for (var i = 0; i < count; i++)
        {
            gatekeeper.TryLogon(new MapiClient { ProcessNames = [$"invented{i}.exe"] }, out var session, out _);
            sessions.Add(session!);
        }

        if (disconnect)
        {
            gatekeeper.Apply(Blocking("*")).Disconnected.Should().Be(count);
            gatekeeper.Apply(ConnectionPolicy.AllowAll);
        }

        sessions.ForEach(session => session.Dispose());
    }

    private void Check(Gatekeeper gatekeeper, long before, string what)
    {
        // The gate's threads may still be on their way through the last sessions they have to tell of.
        var after = long.MaxValue;
        SpinWait.SpinUntil(() => (after = Measure(gatekeeper)) <= before + Margin, TimeSpan.FromSeconds(10));
        output.WriteLine($"{what}: {before} bytes before, {after} after");
        after.Should().BeLessThanOrEqualTo(before + Margin, what);
    }

    private static long Measure(Gatekeeper gatekeeper)
    {
        gatekeeper.Sessions.Count.Should().Be(0);
        var size = LiveMemory.Measure();
        GC.KeepAlive(gatekeeper);
        return size;
    }

    private static IConnectionPolicy Blocking(string processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });
}
