using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.AspNetCore.Tests.Contexts;

// An answer without a Content-Length ends for its client only when the gate has left the request: nothing here needs waiting for.
public class ExpiryTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task VanishedClient_IsReleasedAfterTheServersExpiryAndTheGrace()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();

        // The fake server says 900 s; the grace is 60 s more.
        host.Clock.Advance(TimeSpan.FromSeconds(959));
        host.Gatekeeper.Sessions.Count.Should().Be(1);
        host.Clock.Advance(TimeSpan.FromSeconds(1) + Sweep);

        host.Gatekeeper.Sessions.Count.Should().Be(0);
        (await client.ExecuteAsync()).Code.Should().Be(10);
    }

    [Fact]
    public async Task ServerThatNamesNoExpiry_TheDefaultCounts()
    {
        await using var host = await GateHost.StartAsync(configure: options => options.DefaultExpiration = TimeSpan.FromSeconds(100));
        host.Server.Connect = async context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Remove(MapiHttpHeaders.ExpirationInfo);
                return Task.CompletedTask;
            });
            await host.Server.ConnectAsync(context);
        };
        await host.NewClient().ConnectAsync();

        host.Clock.Advance(TimeSpan.FromSeconds(159));
        host.Gatekeeper.Sessions.Count.Should().Be(1);
        host.Clock.Advance(TimeSpan.FromSeconds(1) + Sweep);

        host.Gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task ClientThatKeepsCalling_IsNotReleased()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();

        for (var i = 0; i < 5; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(900));
            (await client.ExecuteAsync()).Code.Should().Be(0);
        }

        host.Gatekeeper.Sessions.Count.Should().Be(1);
    }

    [Fact]
    public async Task AClockThatIsSet_ForwardOrBack_ReleasesNobody()
    {
        var clock = new SteppedClock();
        await using var host = await GateHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var client = host.NewClient();
        await client.ConnectAsync();

        foreach (var step in (TimeSpan[])[TimeSpan.FromDays(400), TimeSpan.FromDays(-800)])
        {
            clock.Step(step);
            clock.Advance(Sweep);
            (await client.ExecuteAsync()).Code.Should().Be(0);
        }
    }

    [Fact]
    public async Task ClientThatWaits_IsNotIdle()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();
        using var wait = await client.StartAsync(client.WaitRequest());

        host.Clock.Advance(TimeSpan.FromHours(5));

        (await client.ExecuteAsync()).Code.Should().Be(0);
    }
}
