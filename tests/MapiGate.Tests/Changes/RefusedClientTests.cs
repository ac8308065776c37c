using MapiGate.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Changes;

/// <summary>Who is still turned away: each once, however often he came, and no longer than he is.</summary>
public class RefusedClientTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void AClientThatComesAgainAndAgain_IsOne_WithHowOftenAndSinceWhen()
    {
        var gatekeeper = Start("a.exe");
        var client = Gate.Client(@"C:\x\A.EXE", @"CORP\jane") with { Version = new(16, 0, 1, 1) };
        Refuse(gatekeeper, client);
        _clock.Advance(TimeSpan.FromHours(1));
        Refuse(gatekeeper, client with { MachineName = "WS-1" });
        _clock.Advance(TimeSpan.FromHours(1));
        Refuse(gatekeeper, client);

        gatekeeper.Journal.Refused.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Process = "A.EXE",
            Version = new Version(16, 0, 1, 1),
            User = @"CORP\jane",
            Rule = "a.exe",
            Count = 3L,
            First = _clock.GetUtcNow() - TimeSpan.FromHours(2),
            Last = _clock.GetUtcNow(),
        });
    }

    [Fact]
    public void AnotherProgram_AnotherVersion_AnotherUser_IsAnother_AndTheLastIsFirst()
    {
        var gatekeeper = Start("*");
        var clients = new[] { Gate.Client("a.exe", "jane"), Gate.Client("a.exe", "john"), Gate.Client("b.exe", "jane"), Gate.Client("a.exe", "jane") with { Version = new(1, 2) } };
        Array.ForEach(clients, client => Refuse(gatekeeper, client));
        Refuse(gatekeeper, clients[1]);

        gatekeeper.Journal.Refused.Select(refused => (refused.Process, refused.User, refused.Count))
            .Should().Equal(("a.exe", "john", 2), ("a.exe", "jane", 1), ("b.exe", "jane", 1), ("a.exe", "jane", 1));
    }

    [Fact]
    public void WhereNoAccountIsKnown_TheUserIsTheMailbox()
    {
        var gatekeeper = Start("a.exe");
        Refuse(gatekeeper, Gate.Client("a.exe") with { UserDn = "/o=x/cn=jane" });

        gatekeeper.Journal.Refused.Should().ContainSingle().Which.User.Should().Be("/o=x/cn=jane");
    }

    [Fact]
    public async Task WhomAChangeLetsIn_IsGone_AndWhoIsStillTurnedAwayStays()
    {
        var gatekeeper = Start("a.exe; b.exe");
        Refuse(gatekeeper, Gate.Client("a.exe"));
        Refuse(gatekeeper, Gate.Client("b.exe"));

        gatekeeper.Apply(Gate.Blocking("b*.exe"));

        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Refused.Count == 1);
        gatekeeper.Journal.Refused[0].Process.Should().Be("b.exe");
    }

    [Fact]
    public async Task WhomARulesEndLetsIn_IsGone()
    {
        var gatekeeper = new Gatekeeper(Gate.Denying(new() { Process = "a.exe", Until = _clock.GetUtcNow() + TimeSpan.FromHours(1) }), _clock);
        Refuse(gatekeeper, Gate.Client("a.exe"));

        _clock.Advance(TimeSpan.FromHours(1));

        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Refused.Count == 0);
    }

    [Fact]
    public void OfManyClients_TheThousandRefusedLastAreKept()
    {
        var gatekeeper = Start("a.exe");
        for (var i = 0; i < 1100; i++)
        {
            Refuse(gatekeeper, Gate.Client("a.exe", $"user{i}"));
        }

        Refuse(gatekeeper, Gate.Client("a.exe", "user100"));
        Refuse(gatekeeper, Gate.Client("a.exe", "another"));

        var users = gatekeeper.Journal.Refused.Select(refused => refused.User).ToList();
        users.Should().HaveCount(1000).And.StartWith(["another", "user100", "user1099"]);
        users.Should().NotContain("user101").And.Contain("user102", "whoever was refused longest ago makes room");
    }

    [Fact]
    public async Task AClientWithALongPath_IsKnownByItsExecutable_AndStaysAsLongAsItIsRefused()
    {
        var gatekeeper = Start("program1.exe");
        Refuse(gatekeeper, Gate.Client($@"C:\{new string('x', 200)}\program1.exe"));
        gatekeeper.Journal.Refused.Should().ContainSingle().Which.Process.Should().Be("program1.exe");

        gatekeeper.Apply(Gate.Blocking("program1.exe; other.exe"));
        await BringToAnEndAsync(gatekeeper);

        gatekeeper.Journal.Refused.Should().ContainSingle("it would be refused again");
    }

    [Fact]
    public async Task AClientWithManyNames_StaysAsLongAsItIsRefused()
    {
        var gatekeeper = Start("program1.exe");
        Refuse(gatekeeper, new MapiClient { ProcessNames = ["a.exe", "b.exe", "c.exe", "d.exe", "e.exe", "program1.exe"] });

        gatekeeper.Apply(Gate.Blocking("program1.exe; other.exe"));
        await BringToAnEndAsync(gatekeeper);

        gatekeeper.Journal.Refused.Should().ContainSingle("it would be refused again");
    }

    [Fact]
    public async Task ALogThatHangs_KeepsNobodyOnTheList()
    {
        using var log = new HeldLog("PolicyChanged");
        var gatekeeper = new Gatekeeper(Gate.Blocking("a.exe"), _clock, log.For<Gatekeeper>());
        Refuse(gatekeeper, Gate.Client("a.exe"));

        gatekeeper.Apply(ConnectionPolicy.AllowAll);

        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Refused.Count == 0);
    }

    [Fact]
    public async Task AClientRefusedSinceAChangeThatIsToldLate_IsStillThere()
    {
        // The change that lets it in is told only when the policy, which is slow to say, has said so; by then it is refused again.
        using var letGo = new ManualResetEventSlim();
        var gatekeeper = new Gatekeeper(Gate.Blocking("b.exe"));
        gatekeeper.TryLogon(Gate.Client("b.exe", "first"), out _, out _);
        gatekeeper.Apply(Gate.Judging(client =>
        {
            if (client.UserName == "first")
            {
                letGo.Wait();
            }

            return false;
        }));
        gatekeeper.Apply(Gate.Blocking("a.exe"));
        gatekeeper.TryLogon(Gate.Client("a.exe", "second"), out _, out _);

        letGo.Set();

        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Refused.All(refused => refused.User != "first"));
        gatekeeper.Journal.Refused.Should().ContainSingle().Which.User.Should().Be("second");
    }

    // The journal is told of things one after the other: when it knows of a session that was cut later, it has heard all before.
    private static async Task BringToAnEndAsync(Gatekeeper gatekeeper)
    {
        gatekeeper.Logon("last.exe");
        gatekeeper.Apply(Gate.Blocking("program1.exe; last.exe"));
        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Recent.Any(entry => entry.Kind == JournalEntryKind.SessionDisconnected));
    }

    private static void Refuse(Gatekeeper gatekeeper, MapiClient client) => gatekeeper.TryLogon(client, out _, out _).Should().BeFalse();

    private Gatekeeper Start(string processes) => new(Gate.Blocking(processes), _clock);
}
