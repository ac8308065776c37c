namespace MapiGate.Tests.Clients;

/// <summary>The table finds a program by its hash, under a lock: a client must not be able to choose one.</summary>
public class ClientProgramHashTests
{
    private const int Inventions = 100_000;

    [Fact]
    public void GetHashCode_VersionsMadeUpToCollide_HardlyCollide() =>
        Hashes(i => new Version(16 * (i >> 8), 0, 256 * (i & 0xFF), 0)).Should().BeGreaterThan(Inventions * 99 / 100);

    [Fact]
    public void GetHashCode_VersionsThatDifferInOnePart_HardlyCollide() =>
        Hashes(i => new Version(15, i & 0xFFFF, 0x1000 * (i >> 16), 0)).Should().BeGreaterThan(Inventions * 99 / 100);

    [Fact]
    public void GetHashCode_IsNotWhatAnybodyCanReckonFromTheVersion()
    {
        // What a client can reckon it can aim for. A seeded hash agrees once in four thousand million times.
        var hasher = new HashingPolicy();
        var reckoned = Enumerable.Range(1, 100).Count(i => hasher.HashOf(new() { Version = new Version(i, 0, i, i) }) == new Version(i, 0, i, i).GetHashCode());

        reckoned.Should().Be(0);
    }

    [Fact]
    public void GetHashCode_ListsOfNamesWhoseSumsAgree_HardlyCollide()
    {
        // If each name's hash were only multiplied by a number known for its place, and added, a client could swap two names
        // at places whose numbers have one sum, and have lists without end under one hash, whatever the names' own are.
        var random = new Random(1);
        var bySum = new Dictionary<uint, ulong>();
        var hasher = new HashingPolicy();
        var pairs = 0;
        var collisions = 0;
        for (var i = 0; i < 400_000; i++)
        {
            var places = (ulong)random.NextInt64();
            var sum = 0u;
            for (var place = 0; place < 64; place++)
            {
                sum = (sum * 31) + (uint)((places >> place) & 1);
            }

            if (bySum.TryGetValue(sum, out var others) && others != places)
            {
                pairs++;
                collisions += hasher.HashOf(Names(places)) == hasher.HashOf(Names(others)) ? 1 : 0;
            }

            bySum[sum] = places;
        }

        pairs.Should().BePositive();
        collisions.Should().Be(0);

        static MapiClient Names(ulong places) => new() { ProcessNames = [.. Enumerable.Range(0, 64).Select(place => (places >> place & 1) == 0 ? "a.exe" : "b.exe")] };
    }

    private static int Hashes(Func<int, Version> invent)
    {
        var hasher = new HashingPolicy();
        return Enumerable.Range(0, Inventions).Select(i => hasher.HashOf(new() { ProcessNames = ["program1.exe"], Version = invent(i) })).Distinct().Count();
    }

    /// <summary>Is shown each program, and keeps its hash. One is logged on at a time: together they would take for ever.</summary>
    private sealed class HashingPolicy : IProgramPolicy
    {
        private readonly Gatekeeper _gatekeeper = new(ConnectionPolicy.AllowAll);
        private int _hash;

        public int HashOf(MapiClient client)
        {
            _gatekeeper.TryLogon(client, out var session, out _).Should().BeTrue();
            _gatekeeper.Preview(this);
            session!.Dispose();
            return _hash;
        }

        public ConnectionVerdict Evaluate(MapiClient client) => ConnectionVerdict.Allowed;

        public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
        {
            _hash = program.GetHashCode();
            verdict = ConnectionVerdict.Allowed;
            return true;
        }
    }
}
