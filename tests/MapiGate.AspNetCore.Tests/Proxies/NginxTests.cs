using System.Text;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Proxies;

/// <summary>What docs/http.md says of nginx in front of the gate.</summary>
public class NginxTests
{
    private const string Hint = "nginx is not installed (apt-get install nginx)";
    private const string AsTheDocumentSays = "proxy_http_version 1.1; proxy_buffering off; proxy_read_timeout 10m;";

    [SkippableFact]
    public async Task AWaitThroughNginxAsTheDocumentSays_SpeaksAtOnce_AndEndsInFormWhenItIsCut()
    {
        Skip.IfNot(Nginx.IsInstalled, Hint);
        await using var host = await GateHost.StartAsync();
        using var nginx = await Nginx.StartAsync(host.Address, AsTheDocumentSays);
        var client = host.NewClient("program1.exe", at: nginx.Address);
        await client.ConnectAsync();

        using var response = await client.StartAsync(client.WaitRequest());
        var stream = await response.Content.ReadAsStreamAsync();
        var first = new byte["PROCESSING\r\n".Length];
        await stream.ReadExactlyAsync(first).AsTask().WithinBounds();
        host.Block("program1.exe");

        Encoding.ASCII.GetString(first).Should().Be("PROCESSING\r\n");
        (await new StreamReader(stream).ReadToEndAsync().WithinBounds()).Should().StartWith("DONE\r\nX-ResponseCode: 10\r\n");
        (await client.ExecuteAsync()).Code.Should().Be(10);
        (await client.ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
    }

    [SkippableFact]
    public async Task AWaitThroughNginxWithItsDefaults_SaysNothingBeforeItsEnd_AndEndsAtOnceAllTheSame()
    {
        Skip.IfNot(Nginx.IsInstalled, Hint);
        await using var host = await GateHost.StartAsync();
        using var nginx = await Nginx.StartAsync(host.Address, directives: "");
        var client = host.NewClient("program1.exe", at: nginx.Address);
        await client.ConnectAsync();

        var starting = client.StartAsync(client.WaitRequest());
        await BoundedWait.UntilAsync(() => host.Server.Received.Contains("NotificationWait"));
        host.Block("program1.exe");

        using var response = await starting;
        (await MapiTestAnswer.ReadAsync(response)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
    }
}
