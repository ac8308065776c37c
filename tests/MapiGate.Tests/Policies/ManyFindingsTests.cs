namespace MapiGate.Tests.Policies;

/// <summary>A long list is told about in as many lines as it is long, and not in the square of them.</summary>
public class ManyFindingsTests
{
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
}
