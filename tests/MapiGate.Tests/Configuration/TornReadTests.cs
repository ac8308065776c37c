using MapiGate.TestSupport;

namespace MapiGate.Tests.Configuration;

/// <summary>A file is replaced while it is being read, a setting at a time: half of the one and half of the other is nobody's policy.</summary>
public class TornReadTests
{
    // Only reported in the first, not listed in the second: neither refuses a.exe.
    private const string First = """{ "MapiGate": { "DisableMapiClientProcesses": "a.exe", "Mode": "ReportOnly" } }""";
    private const string Second = """{ "MapiGate": { "DisableMapiClientProcesses": "b.exe", "Mode": "Enforce" } }""";

    private readonly MemoryFile _file = new(First);
    private readonly SignallingSource _other = new();

    /// <summary>A reading asks for each setting several times: to see whether it stays, to bind it, to say where it is from.</summary>
    public static TheoryData<int> TimesOfAsking => [.. Enumerable.Range(1, 6)];

    [Theory]
    [MemberData(nameof(TimesOfAsking))]
    public async Task AReadThatSpansTheSwap_CutsNobodyWhomNeitherVersionDenies(int time)
    {
        var root = _file.Root(_other);
        using var container = new FollowedContainer(root);
        var session = container.Gatekeeper.Logon("a.exe");
        var writing = Task.CompletedTask;

        // Between one setting and the next the file's watcher, on its own thread, has the second version loaded.
        _other.WhenAskedFor("MapiGate:Mode", () =>
        {
            writing = Task.Run(() => _file.Write(Second));
            SpinWait.SpinUntil(() => root.Providers.First().TryGet("MapiGate:Mode", out var mode) && mode == "Enforce", TimeSpan.FromSeconds(30)).Should().BeTrue();
        }, time);
        _other.Signal();
        await writing.WithinBounds();

        session.IsDisconnected.Should().BeFalse();
        container.Gatekeeper.Revision.Should().Be(1, "there was one edit");
        container.Denies("b.exe").Should().BeTrue("the second version is in force");
    }

    [Theory]
    [MemberData(nameof(TimesOfAsking))]
    public void AReadThatSpansASwapOnItsOwnThread_EndsWithTheSecondVersion(int time)
    {
        using var container = new FollowedContainer(_file.Root(_other));
        var session = container.Gatekeeper.Logon("a.exe");

        _other.WhenAskedFor("MapiGate:Mode", () => _file.Write(Second), time);
        _other.Signal();

        session.IsDisconnected.Should().BeFalse();
        container.Denies("a.exe").Should().BeFalse("the second version is in force, and does not list it");
        container.Denies("b.exe").Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(TimesOfAsking))]
    public async Task TheFirstReadOfAll_IsNotTornEither(int time)
    {
        var root = _file.Root(_other);
        var writing = Task.CompletedTask;
        _other.WhenAskedFor("MapiGate:Mode", () =>
        {
            writing = Task.Run(() => _file.Write(Second));
            SpinWait.SpinUntil(() => root.Providers.First().TryGet("MapiGate:Mode", out var mode) && mode == "Enforce", TimeSpan.FromSeconds(30)).Should().BeTrue();
        }, time);

        using var container = new FollowedContainer(root);
        await writing.WithinBounds();

        container.Gatekeeper.Revision.Should().BeLessThanOrEqualTo(1);
        container.Denies("a.exe").Should().BeFalse();
        container.Denies("b.exe").Should().BeTrue();
        container.Gatekeeper.Revision.Should().Be(0, "the policy a gate starts with is one that somebody wrote");
    }
}
