using System.Globalization;
using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Memory;

/// <summary>Clients that invent a new program name at every logon, and what is left of them.</summary>
public class MemoryTests(ITestOutputHelper output)
{
    // Buffers that the runtime grows for itself, such as a thread's, are not ours to return.
    private const long Margin = 1024 * 1024;

    // And arrays that the runtime lends keep for half a minute the size that a crowd of callbacks gave them.
    private const long MarginForCallbacks = 3 * Margin;

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

    [Theory]
    [InlineData(Invention.Nothing)]
    [InlineData(Invention.Name)]
    [InlineData(Invention.Version)]
    [InlineData(Invention.SecondName)]
    public void ACrowd_AliveAtOnce_ReturnsToTheStartingSizeWhenItHasGone(Invention invention)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        CrowdThatIsDisconnected(gatekeeper, invention, 1000);
        var before = Measure(gatekeeper);

        var staying = CrowdThatLeaves(gatekeeper, invention);
        Check(gatekeeper, before, "a crowd that left but for a few", staying.Length);

        Array.ForEach(staying, session => session.Dispose());
        Check(gatekeeper, before, "a crowd that left");

        CrowdThatIsDisconnected(gatekeeper, invention, AtOnce);
        Check(gatekeeper, before, "a crowd that was disconnected");
    }

    [Fact]
    public void ACrowdWithACallbackEach_Disconnected_ReturnsToTheStartingSize()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        CrowdThatIsDisconnected(gatekeeper, Invention.Name, 1000, listens: true);
        var before = Measure(gatekeeper);

        CrowdThatIsDisconnected(gatekeeper, Invention.Name, AtOnce, listens: true);

        Check(gatekeeper, before, "a crowd that was told", margin: MarginForCallbacks);
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

    /// <summary>All leave but for a few: what is given back only with the last of them would still be held.</summary>
    private static MapiSession[] CrowdThatLeaves(Gatekeeper gatekeeper, Invention invention)
    {
        var crowd = LogOn(gatekeeper, invention, AtOnce);
        gatekeeper.Preview(gatekeeper.Policy).Examined.Should().BeGreaterThanOrEqualTo(AtOnce, "who looks at a crowd must not keep it");
        var staying = crowd.Where((_, number) => number % 1000 == 0).ToArray();
        foreach (var session in crowd.Except(staying))
        {
            session.Dispose();
        }

        return staying;
    }

    private static void CrowdThatIsDisconnected(Gatekeeper gatekeeper, Invention invention, int count, bool listens = false)
    {
        var crowd = LogOn(gatekeeper, invention, count);
        if (listens)
        {
            crowd.ForEach(session => session.Disconnected.Register(static () => { }));
        }

        gatekeeper.Apply(Blocking("*")).Disconnected.Should().Be(count);
        gatekeeper.Apply(ConnectionPolicy.AllowAll);
        crowd.ForEach(session => session.Dispose());
    }

    private static List<MapiSession> LogOn(Gatekeeper gatekeeper, Invention invention, int count)
    {
        var sessions = new List<MapiSession>(count);
        for (var i = 0; i < count; i++)
        {
            gatekeeper.TryLogon(Invent(invention, i), out var session, out _);
            sessions.Add(session!);
        }

        return sessions;
    }

    private static MapiClient Invent(Invention invention, int number) => invention switch
    {
        Invention.Nothing => new() { ProcessNames = ["program1.exe"] },
        Invention.Name => new() { ProcessNames = [$"invented{number}.exe"] },
        Invention.Version => new() { ProcessNames = ["program1.exe"], Version = new(16, 0, number >> 16, number & 0xFFFF) },
        _ => new() { ProcessNames = ["program1.exe", $"invented{number}.exe"] },
    };

    private void Check(Gatekeeper gatekeeper, long before, string what, int sessions = 0, long margin = Margin)
    {
        // What the gate tells of the last sessions waits for a thread of the pool, of which other tests block hundreds.
        var after = long.MaxValue;
        SpinWait.SpinUntil(() => (after = Measure(gatekeeper, sessions)) <= before + margin, TimeSpan.FromSeconds(60));
        output.WriteLine($"{what}: {before} bytes before, {after} after");
        after.Should().BeLessThanOrEqualTo(before + margin, what);
    }

    private static long Measure(Gatekeeper gatekeeper, int sessions = 0)
    {
        gatekeeper.Sessions.Count.Should().Be(sessions);
        var size = LiveMemory.Measure();
        GC.KeepAlive(gatekeeper);
        return size;
    }

    private static IConnectionPolicy Blocking(string processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });
}
