using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>The gate's memory is bounded, whatever clients send, and its readers hold up nobody.</summary>
public class JournalTests
{
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
}
