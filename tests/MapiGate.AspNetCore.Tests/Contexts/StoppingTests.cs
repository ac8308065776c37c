using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MapiGate.AspNetCore.Tests.Contexts;

/// <summary>A gate that goes sends its long polls home, so that their clients come back at once.</summary>
public class StoppingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PendingNotificationWait_WhenTheHostStops_EndsInFormAndWithoutAnEvent(bool hasBegun)
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();
        await client.ConnectAsync();
        host.Server.Wait = hasBegun ? Answers.WaitUntilAbortedAsync : Answers.NeverAsync;
        var waiting = client.SendAsync(client.WaitRequest());
        await TestSupport.BoundedWait.UntilAsync(() => host.Server.Received.Contains("NotificationWait"));

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        CheckNoEvent(await waiting);
        CheckNoEvent(await client.SendAsync(client.WaitRequest()));
        (await client.ExecuteAsync()).Code.Should().Be(0, "a server that drains still serves");
    }

    private static void CheckNoEvent(MapiTestAnswer answer)
    {
        answer.Code.Should().Be(0);
        answer.Inner.ResponseCode.Should().Be(MapiHttpResponseCode.Success);
        NotificationWaitResponse.TryRead(answer.Inner.Body.Span, out var response).Should().BeTrue();
        response!.EventPending.Should().BeFalse();
    }
}
