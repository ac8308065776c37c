using MapiGate.AspNetCore.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MapiGate.AspNetCore.Tests.Hosting;

public class UseMapiGateTests
{
    [Theory]
    [InlineData("/mapi/emsmdb", true)]
    [InlineData("/mapi/emsmdb/", true)]
    [InlineData("/MAPI/Emsmdb/?MailboxId=jane@example.com", true)]
    [InlineData("/mapi/emsmdb/deeper", true)]
    [InlineData("//mapi/emsmdb", true)]
    [InlineData("/mapi//emsmdb/", true)]
    [InlineData("/mapi%5Cemsmdb", true)]
    [InlineData("/mapi%255cemsmdb", true)]
    [InlineData("/mapi%2Femsmdb", true)]
    [InlineData("/%6dapi/emsmdb", true)]
    [InlineData("/x%5C..%5Cmapi%5C.%5Cemsmdb/", true)]
    [InlineData("/mapi;v=1/emsmdb;v=2/", true)]
    [InlineData("/mapi%5Cnspi", false)]
    [InlineData("/%", false)]
    [InlineData("/mapi/emsmdbx", false)]
    [InlineData("/mapi/nspi/", false)]
    public async Task Path_OnlyTheEndpointIsGated(string path, bool gated)
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe");
        var client = host.NewClient("program1.exe");
        client.Path = path;

        await client.ConnectAsync();

        host.Server.Received.Should().HaveCount(gated ? 0 : 1);
        host.Gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("/exchange")]
    [InlineData("/exchange/")]
    public async Task Path_OfOnesOwn_IsGated(string path)
    {
        await using var host = await GateHost.StartAsync(blocked: "program1.exe", configure: options => options.Path = path);
        var client = host.NewClient("program1.exe");
        client.Path = "/exchange/";

        await client.ConnectAsync();

        host.Server.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task RequestsThatAreNoMapiRequests_PassUntouched()
    {
        await using var host = await GateHost.StartAsync(behindGate: _ => context =>
        {
            context.Features.Get<IMapiSessionFeature>().Should().BeNull();
            return context.Response.WriteAsync("passed");
        });
        var client = host.NewClient();
        client.Cookies = ["MapiContext=unknown"];
        var get = client.ExecuteRequest();
        get.Method = HttpMethod.Get;
        get.Content = null;
        var typeless = client.ExecuteRequest();
        typeless.Headers.Remove("X-RequestType");

        (await client.SendAsync(get)).Text.Should().Be("passed");
        (await client.SendAsync(typeless)).Text.Should().Be("passed");
    }

    [Fact]
    public void UseMapiGate_WithoutAGatekeeper_SaysWhatIsMissing()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        var use = () => app.UseMapiGate();

        use.Should().Throw<InvalidOperationException>().WithMessage("*AddMapiGate()*");
    }

    public static TheoryData<string, Action<MapiGateHttpOptions>> Mistakes => new()
    {
        { "MapiGateHttpOptions.Path is 'mapi/emsmdb': begin it with '/'*", options => options.Path = "mapi/emsmdb" },
        { "MapiGateHttpOptions.ContextCookies is 'empty': name*", options => options.ContextCookies = [] },
        { "MapiGateHttpOptions.ContextCookies is 'a b': name*", options => options.ContextCookies = ["sid", "a b"] },
        { "MapiGateHttpOptions.SequenceCookies is 'a;b': name*", options => options.SequenceCookies = ["a;b"] },
        { "MapiGateHttpOptions.SealCookie is 'SID': name a cookie*", options => options.SealCookie = "SID" },
        { "MapiGateHttpOptions.PendingPeriod is '00:00:00': set more than zero*", options => options.PendingPeriod = TimeSpan.Zero },
        { "MapiGateHttpOptions.PendingPeriod is '50.00:00:00': set more than zero*", options => options.PendingPeriod = TimeSpan.FromDays(50) },
        { "MapiGateHttpOptions.ServerApplication is 'é': name a program*", options => options.ServerApplication = "é" },
        { "MapiGateHttpOptions.MaxConnectBodySize is '0': set 32 to*", options => options.MaxConnectBodySize = 0 },
        { "MapiGateHttpOptions.MaxConnectBodySize is '2147483647': set*", options => options.MaxConnectBodySize = int.MaxValue },
        { "MapiGateHttpOptions.ExpiryGrace is '-00:00:01': set zero to*", options => options.ExpiryGrace = TimeSpan.FromSeconds(-1) },
        { $"MapiGateHttpOptions.ExpiryGrace is '{TimeSpan.MaxValue}': set zero to*", options => options.ExpiryGrace = TimeSpan.MaxValue },
        { $"MapiGateHttpOptions.DefaultExpiration is '{TimeSpan.MaxValue}': set more than zero*", options => options.DefaultExpiration = TimeSpan.MaxValue },
        { "MapiGateHttpOptions.DefaultExpiration is '00:00:00': set more than zero*", options => options.DefaultExpiration = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void UseMapiGate_OptionThatCannotBeUsed_IsNamedWithItsValueAndTheFix(string message, Action<MapiGateHttpOptions> mistake)
    {
        foreach (var addHttp in (bool[])[false, true])
        {
            var builder = WebApplication.CreateSlimBuilder();
            var gate = builder.Services.AddMapiGate();
            _ = addHttp ? gate.AddHttp(mistake).Services : builder.Services.Configure(mistake);
            var app = builder.Build();

            var use = () => app.UseMapiGate();

            use.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Which.Should().Match(message);
        }
    }

    [Fact]
    public async Task AddHttp_OptionThatCannotBeUsed_StopsTheHostFromStarting()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMapiGate().AddHttp(options => options.Path = "");
        using var host = builder.Build();

        await host.Invoking(h => h.StartAsync()).Should().ThrowAsync<OptionsValidationException>();
    }

    [Fact]
    public async Task WholeWay_FromAConfigurationChangeToTheCut()
    {
        using var configuration = new ConfigurationManager();
        configuration["MapiGate:DisableMapiClientProcesses"] = "";
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddMapiGate(configuration).AddHttp(options => options.ContextCookies = ["MapiContext"]);
        await using var app = builder.Build();
        app.UseMapiGate();
        app.Run(new FakeServer().InvokeAsync);
        await app.StartAsync();
        using var connection = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false });
        var client = new MapiTestClient(connection, new Uri(app.Urls.First())) { ProcessName = "program1.exe" };
        await client.ConnectAsync();
        using var wait = await client.StartAsync(client.WaitRequest());

        configuration["MapiGate:DisableMapiClientProcesses"] = "program1.exe; program2.exe";
        ((IConfigurationRoot)configuration).Reload();

        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(Protocol.MapiHttpResponseCode.ContextNotFound);
        (await client.ExecuteAsync()).Code.Should().Be(10);
        await app.StopAsync(new CancellationToken(canceled: true));
    }
}
