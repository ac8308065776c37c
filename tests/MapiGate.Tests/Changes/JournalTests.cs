using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Changes;

/// <summary>The gate's memory is bounded, whatever clients send, and its readers hold up nobody.</summary>
public class JournalTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void AStormOfRefusals_PushesNoReceiptOut()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Apply(Gate.Blocking("refused*"));
        var before = gatekeeper.Journal.Recent.Count;
        before.Should().BePositive();

        for (var i = 0; i < 20_000; i++)
        {
            gatekeeper.TryLogon(Gate.Client($"refused{i}.exe", $"user{i}"), out _, out _);
        }

        gatekeeper.Journal.Recent.Should().HaveCountLessThan(5000).And.Contain(entry => $"{entry}".Contains("refused*"));
        gatekeeper.Journal.Refused.Should().HaveCountLessThan(5000);
    }

    [Fact]
    public void AClientWithNamesWithoutEnd_IsRememberedInAsMuchRoomAsAnother()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("*"));
        gatekeeper.TryLogon(Gate.Client(new string('x', 1_000_000), new string('y', 1_000_000)), out _, out _);

        $"{gatekeeper.Journal.Refused.Should().ContainSingle().Which}".Length.Should().BeLessThan(2000);
    }

    [Fact]
    public async Task AReaderThatDoesNotRead_HoldsUpNeitherLogonsNorApply()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("a.exe"));
        await using var reader = gatekeeper.Journal.ReadAsync(0, CancellationToken.None).GetAsyncEnumerator();
        var first = reader.MoveNextAsync().AsTask();

        for (var i = 0; i < 20_000; i++)
        {
            gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _).Should().BeFalse();
        }

        gatekeeper.Apply(ConnectionPolicy.AllowAll).Revision.Should().Be(1);
        (await first.WithinBounds()).Should().BeTrue();
    }

    [Fact]
    public async Task AReaderThatIsCancelled_Ends()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var _ in gatekeeper.Journal.ReadAsync(long.MaxValue, stop.Token))
            {
            }
        });

        await stop.CancelAsync();

        await FluentActions.Awaiting(() => reading.WithinBounds()).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Recent_KeepsTheLast200Changes_AndTheLast1000EventsOfClients_InTheirOrder()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("bad.exe"));

        for (var i = 0; i < 250; i++)
        {
            gatekeeper.Apply(Gate.Blocking($"bad.exe; a{i}.exe"));
            for (var logon = 0; logon < 5; logon++)
            {
                gatekeeper.TryLogon(Gate.Client("bad.exe"), out _, out _).Should().BeFalse();
            }
        }

        var recent = gatekeeper.Journal.Recent;
        recent.Where(entry => entry.Kind == JournalEntryKind.PolicyChanged).Select(entry => entry.Revision).Should().Equal(Enumerable.Range(51, 200).Select(i => (long)i));
        recent.Count(entry => entry.Kind == JournalEntryKind.LogonRefused).Should().Be(1000);
        recent.Select(entry => entry.Sequence).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.EndWith(250 * 6);
    }

    [Fact]
    public async Task EachThingThatHappens_HasAnEntryOfItsKind_WithWhatBelongsToIt()
    {
        var source = new SignallingSource();
        using var container = new FollowedContainer(services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            return services.AddMapiGate(new ConfigurationBuilder().Add(source).Build(), "MapiGate");
        });
        var gatekeeper = container.Gatekeeper;
        var kicked = gatekeeper.Logon("kicked.exe");
        gatekeeper.Disconnect(session => session.Client.ProcessName == "kicked.exe", "mailbox move");
        var cut = gatekeeper.Logon("cut.exe", "jane");
        _clock.Advance(TimeSpan.FromHours(1));
        var applied = gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "cut.exe", ReportOnly = { DisableMapiClientProcesses = "odd.exe" } }));
        gatekeeper.TryLogon(Gate.Client("cut.exe"), out _, out _);
        gatekeeper.Logon("odd.exe");
        var held = gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "odd.exe", MaxDisconnects = 0 })).Held!;
        gatekeeper.Withdraw(held.Fingerprint);
        source.Invoking(other => other.Write("MapiGate:Mode", "Perhaps")).Should().Throw<Exception>("that is the options monitor's complaint");
        source.Write("MapiGate:Mode", "Enforce");
        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Recent.Count(entry => entry.Kind == JournalEntryKind.SessionDisconnected) == 2);

        var recent = gatekeeper.Journal.Recent;
        recent.Select(entry => entry.Kind).Should().BeEquivalentTo(
        [
            JournalEntryKind.SessionsKicked, JournalEntryKind.SessionDisconnected, JournalEntryKind.PolicyChanged, JournalEntryKind.SessionDisconnected, JournalEntryKind.LogonRefused,
            JournalEntryKind.LogonReported, JournalEntryKind.PolicyHeld, JournalEntryKind.PolicyWithdrawn, JournalEntryKind.PolicyRejected, JournalEntryKind.PolicyRecovered,
        ]);
        recent.Single(entry => entry.Kind == JournalEntryKind.PolicyChanged).Should().BeEquivalentTo(new { Revision = 1L, Receipt = applied, Time = _clock.GetUtcNow() });
        recent.Single(entry => entry.Kind == JournalEntryKind.SessionsKicked).Text.Should().Be("1 of 1 sessions disconnected by order: mailbox move");
        recent.Single(entry => entry.Kind == JournalEntryKind.PolicyHeld).Hold.Should().BeSameAs(held);
        recent.Single(entry => entry.Kind == JournalEntryKind.PolicyWithdrawn).Hold.Should().BeSameAs(held);
        recent.Single(entry => entry.Kind == JournalEntryKind.PolicyRejected).Text.Should().Contain("MapiGate:Mode is \"Perhaps\"");
        recent.Single(entry => entry.Kind == JournalEntryKind.LogonReported).Should().BeEquivalentTo(new { Rule = "odd.exe", Client = new { ProcessName = "odd.exe" } });
        recent.Single(entry => entry.Kind == JournalEntryKind.LogonRefused).Text.Should().Be("Refused by rule \"cut.exe\": process \"cut.exe\"");
        recent.Single(entry => entry.SessionId == cut.Id).Text.Should().Be("Disconnected by rule \"cut.exe\": process \"cut.exe\" user \"jane\"");
        recent.Single(entry => entry.SessionId == kicked.Id).Rule.Should().Be("mailbox move");
    }

    [Fact]
    public async Task AReaderThatIsTooSlow_IsToldHowManyItHasMissed()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("a.exe"));
        Refuse(gatekeeper, 1500);
        await using var reader = gatekeeper.Journal.ReadAsync(0, CancellationToken.None).GetAsyncEnumerator();

        (await reader.MoveNextAsync().AsTask().WithinBounds()).Should().BeTrue();
        (reader.Current.Sequence, reader.Current.Missed).Should().Be((501L, 500L));
        Refuse(gatekeeper, 1300);
        var read = new List<JournalEntry>();
        while (read.LastOrDefault()?.Sequence != 2800)
        {
            (await reader.MoveNextAsync().AsTask().WithinBounds()).Should().BeTrue();
            read.Add(reader.Current);
        }

        read.Sum(entry => entry.Missed + 1).Should().Be(2300 - 1, "what was read and what was missed is all there was");
        read.Should().ContainSingle(entry => entry.Missed > 0).Which.Sequence.Should().Be(1801);
    }

    [Fact]
    public async Task AReader_BeginsBehindTheEntryItNames_AndHearsOfTheNextWhenItHappens()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("a.exe"));
        Refuse(gatekeeper, 3);
        await using var reader = gatekeeper.Journal.ReadAsync(2, CancellationToken.None).GetAsyncEnumerator();
        (await reader.MoveNextAsync().AsTask().WithinBounds()).Should().BeTrue();
        reader.Current.Sequence.Should().Be(3);

        var next = reader.MoveNextAsync().AsTask();
        next.IsCompleted.Should().BeFalse("nothing has happened since");
        Refuse(gatekeeper, 1);

        (await next.WithinBounds()).Should().BeTrue();
        (reader.Current.Sequence, reader.Current.Missed).Should().Be((4L, 0L));
    }

    [Fact]
    public async Task ACutOfMoreThanItKeeps_LeavesTheLast_AndCountsAll()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        for (var i = 0; i < 1500; i++)
        {
            gatekeeper.Logon("a.exe");
        }

        gatekeeper.Apply(Gate.Blocking("a.exe"));
        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Recent[^1].Sequence == 1501);

        gatekeeper.Journal.Recent.Count(entry => entry.Kind == JournalEntryKind.SessionDisconnected).Should().Be(1000);
    }

    private static void Refuse(Gatekeeper gatekeeper, int times)
    {
        for (var i = 0; i < times; i++)
        {
            gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _).Should().BeFalse();
        }
    }
}
