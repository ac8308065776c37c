using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>What a client is told of its session's life holds (MS-OXCMAPIHTTP 2.2.3.3.7).</summary>
public class ExpiryTests
{
    private static readonly TimeSpan Announced = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task AContextLivesUntilItsAnnouncedExpiry_AndNoLonger()
    {
        var clock = new FakeTimeProvider();
        await using var server = new StoreServer(clock);
        var client = server.NewClient();
        await client.ConnectAsync();

        clock.Advance(Announced - TimeSpan.FromSeconds(1));
        (await client.ExecuteAsync()).Code.Should().Be(0);
        clock.Advance(Announced);

        (await client.ExecuteAsync()).Code.Should().Be(10);
    }
}
