using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>What somebody has decided about a rule outlives a restart: withdrawn, held at its beginning, or the host's own.</summary>
public sealed class RememberedRuleTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-").FullName;
    private readonly SteppedClock _clock = new();
    private readonly MemoryFile _file = new(Document());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AChangeThatWasWithdrawn_StaysOutAfterARestart_UntilSomethingElseIsWritten()
    {
        using (var first = Start())
        {
            first.Gatekeeper.Logon("b.exe");
            _file.Write(Document("b.exe"));
            first.Gatekeeper.Withdraw(first.Gatekeeper.Status.Held!.Fingerprint);
        }

        using var second = Start();

        second.Denies("b.exe").Should().BeFalse("somebody has withdrawn it");
        second.Gatekeeper.Status.Held.Should().BeNull();
        second.Gatekeeper.Status.IsByHand.Should().BeTrue("the file says otherwise");
        _file.Write(Document("c.exe"));
        second.Denies("c.exe").Should().BeTrue();
    }

    [Fact]
    public void ARuleThatIsHeldAtItsBeginning_IsHeldAgainAfterARestart()
    {
        PolicyHold held;
        using (var first = Start())
        {
            first.Gatekeeper.Logon("a.exe");
            _clock.Advance(Hour);
            held = first.Gatekeeper.Status.Held!;
        }

        using var second = Start();

        second.Gatekeeper.Status.Held.Should().BeEquivalentTo(held, options => options.Excluding(hold => hold.ByProgram), "there are no sessions yet to count");
        second.Denies("a.exe").Should().BeFalse();
        _clock.Advance(TimeSpan.FromMinutes(5));
        second.Denies("a.exe").Should().BeFalse();
        second.Gatekeeper.Confirm(held.Fingerprint);
        second.Denies("a.exe").Should().BeTrue();
    }

    [Fact]
    public void ARuleThatWasConfirmedAtItsBeginning_IsInForceAfterARestart()
    {
        using (var first = Start())
        {
            first.Gatekeeper.Logon("a.exe");
            _clock.Advance(Hour);
            first.Gatekeeper.Confirm(first.Gatekeeper.Status.Held!.Fingerprint);
        }

        using var second = Start();

        second.Denies("a.exe").Should().BeTrue();
        second.Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    [Fact]
    public void ARuleThatBeganWhileTheGateWasDown_IsInForceAtTheStart()
    {
        Start().Dispose();
        _clock.Advance(Hour);

        using var second = Start();

        second.Denies("a.exe").Should().BeTrue("nobody was there to be counted");
    }

    [Fact]
    public void TheHostsOwnPrograms_AreNotDenied_EvenWhenTheStartFindsABrokenFile()
    {
        Start("store.exe").Dispose();
        _file.Write("""{ "MapiGate": { "DisableMapiClients": "eleven" } }""");

        using var second = Start("store.exe");

        second.Gatekeeper.Status.Error.Should().NotBeNull();
        second.Denies("listed.exe").Should().BeTrue();
        second.Denies("store.exe").Should().BeFalse("no edit can lock the server out of itself");
    }

    private static string Document(string? more = null) => $$"""
        {
          "MapiGate": {
            "DisableMapiClientProcesses": "listed.exe; store.exe; {{more}}",
            "MaxDisconnects": 0,
            "Rules": { "rule": { "Process": "a.exe", "From": "{{SteppedClock.Start + Hour:O}}" } }
          }
        }
        """;

    private FollowedContainer Start(string? own = null) => new(services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        services.Configure<MapiGateOptions>(options => options.OwnProcesses.Add(own ?? "gateway.exe"));
        return services.AddMapiGate(_file.Root(), "MapiGate").RememberPolicy(Path.Combine(_folder, "last.json"));
    });
}
