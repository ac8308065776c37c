namespace MapiGate.Tests.Policies;

/// <summary>A long list takes as long as it is long, and is told about in as many lines: not in the square of them.</summary>
public class ManyFindingsTests
{
    // Sixteen times the entries may take sixteen times the work, and some more; the square would be 256 times.
    private const int Few = 2_000;
    private const int Many = 16 * Few;
    private const double Most = 60;

    public static TheoryData<string, Func<int, MapiGateOptions>> Lists => new()
    {
        { "names", n => new() { DisableMapiClientProcesses = Join(n, i => $"program{i}.exe") } },
        { "names that are only reported", n => new() { ReportOnly = { DisableMapiClientProcesses = Join(n, i => $"program{i}.exe") } } },
        { "versions", n => new() { DisableMapiClients = Join(n, i => $"16.{i >> 16}.{i & 0xFFFF}.1") } },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void TheFindingsOfALongList_TakeNoSquareOfItsLength(string what, Func<int, MapiGateOptions> list)
    {
        var (few, many) = (list(Few), list(Many));
        ConnectionPolicy.FromOptions(few);

        var ratio = Shortest(() => ConnectionPolicy.FromOptions(many)) / Shortest(() => ConnectionPolicy.FromOptions(few));

        ratio.Should().BeLessThan(Most, what);
    }

    [Theory]
    [InlineData("*program*")]
    [InlineData("*.*")]
    public void WildcardsThatNameEachOther_HaveAFindingEach_NotOneForEachPair(string middle)
    {
        var list = Join(300, i => $"*{new string('?', i % 20)}{middle}{new string('*', 1 + (i / 20))}");

        Find(new() { DisableMapiClientProcesses = list }).Should().HaveCountLessThan(300 * 5);
    }

    [Fact]
    public void NamesThatManyWildcardsName_HaveAFindingEach_NotOneForEachPair()
    {
        var list = Join(300, i => $"program{i}.exe") + ";" + Join(100, i => $"program*{new string('?', i % 10)}{new string('*', i / 10)}");

        Find(new() { DisableMapiClientProcesses = list }).Should().HaveCountLessThan(400 * 5);
    }

    [Fact]
    public void VersionRangesThatOverlap_HaveAFindingEach_NotOneForEachPair() =>
        Find(new() { DisableMapiClients = Join(1000, i => $"{i}-2000") }).Should().HaveCountLessThan(1000 * 3);

    private static IReadOnlyList<PolicyFinding> Find(MapiGateOptions options) => new Gatekeeper(ConnectionPolicy.FromOptions(options)).Findings;

    private static string Join(int count, Func<int, string> entry) => string.Join(';', Enumerable.Range(0, count).Select(entry));

    // The shortest of a few: whatever else runs on the machine only adds.
    private static double Shortest(Action work) => Enumerable.Range(0, 3).Min(_ =>
    {
        var start = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    });
}
