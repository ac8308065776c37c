using System.Net;
using System.Security.Cryptography;
using System.Text;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.AspNetCore.Tests.Seals;

/// <summary>The cookie itself: whose it is, who sees it, when there is none.</summary>
public sealed class SealCookieTests : SealedGates
{
    [Fact]
    public async Task ASealThatIsNotTheClients_GetsCode10AndNothingElse()
    {
        var gate = await StartAsync();
        var client = await ConnectAsync(gate, "OUTLOOK.EXE", user: "jane");
        var other = await ConnectAsync(gate, "OUTLOOK.EXE", user: "jane");
        var second = await StartAsync();
        var seal = client.Cookies.Single(cookie => cookie.StartsWith(Name, StringComparison.Ordinal));
        var context = client.Cookies.Single(cookie => cookie.StartsWith("MapiContext", StringComparison.Ordinal));
        var otherContext = other.Cookies.Single(cookie => cookie.StartsWith("MapiContext", StringComparison.Ordinal));

        foreach (var cookies in (List<string>[])[[context], [otherContext, seal], [context, otherContext, seal], [context, $"{Name}="], [context, $"{Name}=AAAA"], [context, $"{Name}={new string('A', 5000)}"]])
        {
            await CheckRefusedAsync(second, client, cookies);
        }

        // Cut and flipped at every byte.
        for (var i = Name.Length + 1; i < seal.Length; i++)
        {
            await CheckRefusedAsync(second, client, [context, seal[..i]]);
            await CheckRefusedAsync(second, client, [context, $"{seal[..i]}{(seal[i] == 'A' ? 'B' : 'A')}{seal[(i + 1)..]}"]);
        }

        client.User = "john";
        await CheckRefusedAsync(second, client, [context, seal]);
        client.User = "jane";
        await CheckRefusedAsync(await StartAsync(keys: Directory.CreateDirectory(Path.Combine(Keys.FullName, "others"))), client, [context, seal]);

        Server.Received.Should().Equal("Connect", "Connect");
        client.Cookies = [context, $"{Name}=AAAA", seal];
        (await ExecuteAsync(second, client)).Code.Should().Be(0, "the one that fits is found among others");
    }

    [Fact]
    public async Task KeysThatFailLater_CostNoAnswer_AndTheLogSaysSo()
    {
        var keys = new KeysThatFail();
        var log = new RecordingLogger();
        var gate = await StartAsync(protection: keys, log: log);
        var client = await ConnectAsync(gate, "OUTLOOK.EXE");
        client.Cookies.Should().Contain(cookie => cookie.StartsWith(Name, StringComparison.Ordinal));
        gate.Clock.Advance(TimeSpan.FromMinutes(16.5));
        client.Cookies = [];
        keys.Fail = true;

        await client.ConnectAsync();

        (await ExecuteAsync(gate, client)).Code.Should().Be(0);
        client.Cookies.Should().NotContain(cookie => cookie.StartsWith(Name, StringComparison.Ordinal));
        (await log.WaitForAsync("SealFailed")).Level.Should().Be(LogLevel.Warning);
        keys.Fail = false;
        await ExecuteAsync(gate, client);
        client.Cookies.Should().Contain(cookie => cookie.StartsWith(Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task HoweverManyCookiesComeWithIt_ASealIsOpenedOnce()
    {
        var keys = new KeysThatFail();
        var gate = await StartAsync(protection: keys);
        var client = gate.NewClient();
        client.Cookies = [.. Enumerable.Range(0, 1000).Select(i => $"MapiContext={i}"), .. Enumerable.Range(0, 10).Select(_ => $"{Name}=AAAA")];

        (await client.ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);

        keys.Opened.Should().BeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task TheSeal_NeverReachesTheServer_AndHasThePathOfTheServersCookie()
    {
        var gate = await StartAsync();
        var client = await ConnectAsync(gate, "OUTLOOK.EXE");
        await ExecuteAsync(gate, client);
        var answer = await ExecuteAsync(gate, client);
        await client.ConnectAsync();
        client.Path = "/mapi/nspi/";
        await client.ExecuteAsync();
        client.Path = "/mapi/emsmdb/";
        await ExecuteAsync(await StartAsync(), client);

        client.Cookies = [.. client.Cookies, $"{Name}={new string('A', 5000)}"];
        await ExecuteAsync(await StartAsync(), client);
        client.Cookies = [$"{Name}={new string('A', 5000)}"];
        await client.ConnectAsync();

        CookiesSeen.Should().HaveCountGreaterThan(6).And.NotContain(cookies => cookies.Contains(Name));
        answer.Headers["Set-Cookie"].Single(cookie => cookie.StartsWith(Name, StringComparison.Ordinal)).Should().EndWith("; path=/mapi/emsmdb; secure; HttpOnly");
    }

    [Fact]
    public async Task ClaimsThatAreTooLong_AreNotSealed()
    {
        var gate = await StartAsync();

        var client = await ConnectAsync(gate, new string('x', 1500));

        client.Cookies.Should().NotBeEmpty().And.NotContain(cookie => cookie.StartsWith(Name, StringComparison.Ordinal));
        (await ExecuteAsync(gate, client)).Code.Should().Be(0);
    }

    [Fact]
    public async Task Seals_AreOffUnlessAskedFor()
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient();

        await client.ConnectAsync();

        client.Cookies.Should().NotContain(cookie => cookie.StartsWith(Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeysThatAreNotKept_FailTheStart(bool withDataProtection)
    {
        var start = () => GateHost.StartAsync(
            configure: options => options.SealContexts = true,
            services: services => _ = withDataProtection ? services.AddDataProtection().Services : services);

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*SealContexts*PersistKeysTo*");
    }

    private static async Task CheckRefusedAsync(GateHost gate, MapiTestClient client, List<string> cookies)
    {
        client.Cookies = cookies;
        var answer = await SendAsync(gate, client, client.ExecuteRequest());
        (answer.Code, answer.SetCookies.Count, gate.Gatekeeper.Sessions.Count).Should().Be((10, 0, 0), string.Join("; ", cookies));
    }
}
