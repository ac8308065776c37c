using System.Net;
using System.Net.Sockets;

namespace MapiGate.Management.Tests;

/// <summary>Management on a listener of its own, beside whatever the host answers.</summary>
public class ListenerTests
{
    [Fact]
    public async Task Management_AnswersAtItsOwnPort_AndNoHostHeaderLeadsToIt()
    {
        await using var host = await ManagedHost.StartAsync();

        (await host.AskAsync(new Uri(host.Management, "status"), hostHeader: host.Url.Authority)).Text.Should().StartWith("{\"gate\"");
        (await host.AskAsync(new Uri(host.Url, "/mapigate/status"), hostHeader: host.Management.Authority)).Text.Should().StartWith("host");
        (await host.AskAsync(new Uri(host.Management, "/mapi/emsmdb"), hostHeader: host.Url.Authority)).Status.Should().Be(404);
    }

    [Theory]
    [InlineData("mapigate-management-8026=x.1.y", "host ")]
    [InlineData("a=1; mapigate-management-8026=x.1.y; b=2", "host a=1; b=2")]
    [InlineData("a=mapigate-management; b=2", "host a=mapigate-management; b=2")]
    public async Task ManagementCookie_ReachesNothingElse_AndOthersStay(string sent, string seen)
    {
        await using var host = await ManagedHost.StartAsync();

        (await host.AskAsync(new Uri(host.Url, "/mapi/emsmdb"), sent)).Text.Should().Be(seen);
    }

    [Fact]
    public async Task Management_WithoutAnAddress_IsNotThere()
    {
        await using var host = await ManagedHost.StartAsync(management: "");

        host.Log.Entries.Should().NotContain(entry => entry.EventId.Name == "ManagementAt");
        (await host.AskAsync(new Uri(host.Url, "/mapigate/"))).Text.Should().StartWith("host");
    }

    [Fact]
    public async Task Management_WhereNobodyNamedAnAddress_AndTheDefaultIsTaken_ListensAtAnother()
    {
        // Taken by this test or, if that fails, by somebody else already.
        using var taken = new TcpListener(IPAddress.Loopback, 8026);
        var isTaken = true;
        try
        {
            taken.Start();
        }
        catch (SocketException)
        {
            isTaken = false;
        }

        await using var host = await ManagedHost.StartAsync(management: null);

        host.Log.Entries.Should().Contain(entry => entry.EventId.Name == "DefaultAddressTaken");
        host.Management.Port.Should().NotBe(8026, isTaken ? "the test has it" : "somebody has it");
        (await host.AskAsync(new Uri(host.Management, "/mapigate/"))).Status.Should().Be(200);
    }

    [Fact]
    public async Task Management_WhereItsPortIsTaken_FailsTheStart_AndSaysTheKey()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var start = () => ManagedHost.StartAsync($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*cannot listen at*Management:Url*");
    }
}
