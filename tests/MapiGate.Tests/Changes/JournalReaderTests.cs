using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>A reader of the journal gets every entry, or is told how many it has missed.</summary>
public class JournalReaderTests
{
    private readonly Gatekeeper _gatekeeper = new(Gate.Blocking("a.exe"));

    [Fact]
    public async Task AReaderOfAnEarlierGate_IsGivenWhatThisOneKeeps()
    {
        _gatekeeper.Apply(Gate.Blocking("b.exe"));
        await using var reader = _gatekeeper.Journal.ReadAsync(after: 1000, CancellationToken.None).GetAsyncEnumerator();

        (await reader.MoveNextAsync().AsTask().WithinBounds()).Should().BeTrue();
        reader.Current.Sequence.Should().Be(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MinValue)]
    public async Task AReaderFromTheBeginning_HasMissedNothing(long after)
    {
        _gatekeeper.Apply(Gate.Blocking("b.exe"));
        await using var reader = _gatekeeper.Journal.ReadAsync(after, CancellationToken.None).GetAsyncEnumerator();

        (await reader.MoveNextAsync().AsTask().WithinBounds()).Should().BeTrue();
        reader.Current.Missed.Should().Be(0);
    }

    [Fact]
    public async Task WhatASlowReaderReadAndMissed_IsAllThereWas()
    {
        const int rounds = 3;
        const int refusals = 5000;
        await using var reader = _gatekeeper.Journal.ReadAsync(0, CancellationToken.None).GetAsyncEnumerator();
        var read = 0L;
        for (var round = 1; round <= rounds; round++)
        {
            _gatekeeper.Apply(Gate.Blocking("a.exe"));
            for (var i = 1; i < refusals; i++)
            {
                _gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _);
            }

            while (read < round * refusals)
            {
                (await reader.MoveNextAsync().AsTask().WithinBounds()).Should().BeTrue();
                read += 1 + reader.Current.Missed;
                reader.Current.Sequence.Should().Be(read, "what was missed came before this entry");
            }
        }

        read.Should().Be(rounds * refusals);
    }
}
