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

/// <summary>
/// A gate that was started anew, or another one, takes on contexts that it never let in, by the seal that their clients carry.
/// All gates of a test stand before one server, which lives on.
/// </summary>
public sealed class SealTests : IAsyncLifetime
{
    private const string Name = "MapiGateSeal";

    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory();
    private readonly List<GateHost> _gates = [];
    private readonly FakeServer _server = new();
    private readonly Dictionary<string, string> _contexts = [];
    private readonly List<string> _cookiesSeen = [];
    private int _granted;

    public SealTests()
    {
        // As servers do: each answer sets the cookies again, and a context belongs to its user.
        _server.Connect = context =>
        {
            var cookie = $"context-{++_granted}";
            _contexts[cookie] = User(context);
            return AnswerAsync(context, cookie, new ConnectResponse().ToArray());
        };
        _server.Execute = context => AnswerAsync(context, Answers.ExecuteBody);
        _server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await Answers.NeverAsync(context);
        };
        _server.Disconnect = context =>
        {
            _contexts.Remove(Cookie(context));
            return Answers.WriteAsync(context, new DisconnectResponse().ToArray());
        };
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var gate in _gates)
        {
            await gate.DisposeAsync();
        }

        _keys.Delete(recursive: true);
    }

    [Fact]
    public async Task ARestart_CutsNobody_AndTheSessionIsWhatItWas()
    {
        var first = await StartAsync();
        var client = await ConnectAsync(first, "OUTLOOK.EXE");
        var second = await StartAsync();

        (await ExecuteAsync(second, client)).Code.Should().Be(0);

        second.Gatekeeper.Preview(GateHost.Blocking("outlook.exe")).Disconnected.Should().ContainSingle();
        (await ExecuteAsync(second, client)).Code.Should().Be(0);
        second.Gatekeeper.Sessions.Count.Should().Be(1);
        var pending = second.NewClient();
        pending.Cookies = client.Cookies;
        var wait = await pending.StartAsync(pending.WaitRequest());
        second.Block("outlook.exe");
        (await MapiTestAnswer.ReadAsync(wait)).Inner.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);
    }

    [Fact]
    public async Task AProgramThatWasBlockedMeanwhile_IsRefusedAtItsFirstRequest()
    {
        var client = await ConnectAsync(await StartAsync(), "program1.exe");
        var second = await StartAsync(blocked: "program1.exe");

        (await ExecuteAsync(second, client)).Code.Should().Be(10);

        second.Gatekeeper.Sessions.Count.Should().Be(0);
        _server.Received.Should().Equal("Connect");
        (await second.NewClient("program1.exe").ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
    }

    [Fact]
    public async Task TwoGatesWithOneKeyRing_ServeAClientThatHopsAtEachRequest()
    {
        GateHost[] gates = [await StartAsync(), await StartAsync()];
        var client = await ConnectAsync(gates[0], "OUTLOOK.EXE");

        for (var i = 1; i <= 20; i++)
        {
            (await ExecuteAsync(gates[i % 2], client)).Code.Should().Be(0);
        }

        gates.Should().OnlyContain(gate => gate.Gatekeeper.Sessions.Count == 1);
    }

    [Fact]
    public async Task RequestsThatComeAtOnce_AreTakenOnAsOneSession()
    {
        var client = await ConnectAsync(await StartAsync(), "OUTLOOK.EXE");
        var second = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
        {
            var twin = second.NewClient();
            twin.Cookies = client.Cookies;
            return twin.ExecuteAsync();
        }));

        answers.Should().OnlyContain(answer => answer.Code == 0);
        await BoundedWait.UntilAsync(() => second.Gatekeeper.Sessions.Count == 1);
    }

    [Fact]
    public async Task ASeal_OutlivesDaysOfASession()
    {
        var gate = await StartAsync();
        var client = await ConnectAsync(gate, "OUTLOOK.EXE");
        for (var i = 0; i < 3 * 24 * 6; i++)
        {
            gate.Clock.Advance(TimeSpan.FromMinutes(10));
            (await ExecuteAsync(gate, client)).Code.Should().Be(0);
        }

        (await ExecuteAsync(await StartAsync(gate.Clock), client)).Code.Should().Be(0);
    }

    [Fact]
    public async Task AClientThatIsIdleForAsLongAsItsContextLives_IsStillTakenOn_AndNotAfterThat()
    {
        var gate = await StartAsync();
        var client = await ConnectAsync(gate, "OUTLOOK.EXE");
        gate.Clock.Advance(TimeSpan.FromMinutes(14));
        (await ExecuteAsync(gate, client)).Code.Should().Be(0);

        gate.Clock.Advance(TimeSpan.FromMinutes(16));
        var cookies = client.Cookies;
        (await ExecuteAsync(await StartAsync(gate.Clock), client)).Code.Should().Be(0);

        client.Cookies = cookies;
        gate.Clock.Advance(TimeSpan.FromMinutes(16));
        (await ExecuteAsync(await StartAsync(gate.Clock), client)).Code.Should().Be(10);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("kicked")]
    [InlineData("logged off")]
    [InlineData("replaced")]
    public async Task WhatWasEndedHere_IsNotTakenOnAgain(string how)
    {
        var log = new RecordingLogger();
        var gate = await StartAsync(log: log);
        var client = await ConnectAsync(gate, "program1.exe");
        var cookies = client.Cookies;
        switch (how)
        {
            case "cut":
            case "kicked":
                gate.Block("program1.exe");
                await BoundedWait.UntilAsync(() => gate.Gatekeeper.Sessions.Count == 0);
                (await ExecuteAsync(gate, client)).Code.Should().Be(10);
                gate.Block("");
                break;
            case "logged off":
                await client.DisconnectAsync();
                break;
            case "replaced":
                await client.ConnectAsync();
                break;
        }

        client.Cookies = cookies;
        (await ExecuteAsync(gate, client)).Code.Should().Be(10);

        log.Entries.Should().NotContain(entry => entry.EventId.Name == "SessionAdopted");

        // It is remembered for as long as the seal would serve.
        gate.Clock.Advance(TimeSpan.FromMinutes(31));
        (await ExecuteAsync(gate, client)).Code.Should().Be(10);
    }

    [Fact]
    public async Task WhatExpiredHere_AndLivesOnElsewhere_IsTakenOnAgain()
    {
        var one = await StartAsync();
        var other = await StartAsync(one.Clock);
        var client = await ConnectAsync(one, "OUTLOOK.EXE");
        for (var i = 0; i < 10; i++)
        {
            one.Clock.Advance(TimeSpan.FromMinutes(5));
            (await ExecuteAsync(other, client)).Code.Should().Be(0);
        }

        one.Gatekeeper.Sessions.Count.Should().Be(0);
        (await ExecuteAsync(one, client)).Code.Should().Be(0);
    }

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
        await CheckRefusedAsync(await StartAsync(keys: Directory.CreateDirectory(Path.Combine(_keys.FullName, "others"))), client, [context, seal]);

        _server.Received.Should().Equal("Connect", "Connect");
        client.Cookies = [context, $"{Name}=AAAA", seal];
        (await ExecuteAsync(second, client)).Code.Should().Be(0, "the one that fits is found among others");
    }

    [Fact]
    public async Task WhatIsKickedWhileAnotherRequestTakesItOn_IsNotTakenOnAgain()
    {
        var client = await ConnectAsync(await StartAsync(), "OUTLOOK.EXE");
        var second = await StartAsync();
        using var policy = new PolicyThatWaits();
        second.Gatekeeper.Apply(policy);
        var late = ExecuteAsync(second, client);
        await policy.Reached.WithinBounds();
        var twin = second.NewClient();
        twin.Cookies = client.Cookies;
        (await twin.ExecuteAsync()).Code.Should().Be(0);
        second.Gatekeeper.Disconnect(_ => true, "test").Disconnected.Should().Be(1);
        await BoundedWait.UntilAsync(() => second.Gatekeeper.Sessions.Count == 0);

        policy.GoOn();

        (await late.WithinBounds()).Code.Should().Be(10);
        second.Gatekeeper.Sessions.Count.Should().Be(0);
    }

    [Fact]
    public async Task AContextThatWasTakenOn_IsEndedAtTheServer_ByTheCookiesThatItsClientShows()
    {
        var client = await ConnectAsync(await StartAsync(), "program1.exe");
        var ended = new TaskCompletionSource<EndedContext>();
        var second = await StartAsync(endContext: context =>
        {
            ended.SetResult(context);
            return Task.CompletedTask;
        });
        client.Cookies = ["affinity=7", .. client.Cookies];
        using var wait = await second.NewClient().StartAsync(At(second, client.WaitRequest()));

        second.Block("program1.exe");

        (await ended.Task.WithinBounds()).Cookies.Should().Equal("affinity=7", "MapiContext=context-1", "MapiSequence=1");
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
    public async Task ARequestThatShowsASealAndNoCredentialYet_GetsTheServersChallenge()
    {
        var client = await ConnectAsync(await StartAsync(), "OUTLOOK.EXE", user: "jane");
        var second = await StartAsync();
        _server.Execute = context =>
        {
            context.Response.StatusCode = User(context).Length == 0 ? 401 : 200;
            return AnswerAsync(context, Answers.ExecuteBody);
        };
        client.User = null;

        var challenged = client.ExecuteRequest();
        (await SendAsync(second, client, challenged)).Status.Should().Be(HttpStatusCode.Unauthorized);
        second.Gatekeeper.Sessions.Count.Should().Be(0);

        client.User = "jane";
        (await ExecuteAsync(second, client)).Code.Should().Be(0);
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

        _cookiesSeen.Should().HaveCountGreaterThan(6).And.NotContain(cookies => cookies.Contains(Name));
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

    private async Task<GateHost> StartAsync(
        FakeTimeProvider? clock = null,
        string? blocked = null,
        DirectoryInfo? keys = null,
        Func<EndedContext, Task>? endContext = null,
        IDataProtectionProvider? protection = null,
        RecordingLogger? log = null)
    {
        var gate = await GateHost.StartAsync(
            blocked,
            configure: options =>
            {
                options.SealContexts = true;
                options.EndContext = endContext;
                options.AccountOf = context => User(context) is { Length: > 0 } user ? user : null;
            },
            behindGate: _ => context =>
            {
                _cookiesSeen.Add(context.Request.Headers.Cookie.ToString());
                return _server.InvokeAsync(context);
            },
            services: services =>
            {
                services.AddDataProtection().SetApplicationName("gates").PersistKeysToFileSystem(keys ?? _keys);
                if (protection is not null)
                {
                    services.AddSingleton(protection);
                }
            },
            clock: clock,
            log: log);
        _gates.Add(gate);
        return gate;
    }

    private static async Task<MapiTestClient> ConnectAsync(GateHost gate, string process, string? user = null)
    {
        var client = gate.NewClient(process);
        client.User = user;
        (await client.ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);
        return client;
    }

    /// <summary>As clients do: with the cookies of the previous answer, and no others.</summary>
    private static async Task<MapiTestAnswer> ExecuteAsync(GateHost gate, MapiTestClient client)
    {
        var answer = await SendAsync(gate, client, client.ExecuteRequest());
        client.Cookies = answer.SetCookies.Count > 0 ? [.. answer.SetCookies] : client.Cookies;
        return answer;
    }

    private static Task<MapiTestAnswer> SendAsync(GateHost gate, MapiTestClient client, HttpRequestMessage request) =>
        client.SendAsync(At(gate, request));

    private static HttpRequestMessage At(GateHost gate, HttpRequestMessage request)
    {
        request.RequestUri = new Uri(gate.Address, request.RequestUri!.PathAndQuery);
        return request;
    }

    private static async Task CheckRefusedAsync(GateHost gate, MapiTestClient client, List<string> cookies)
    {
        client.Cookies = cookies;
        var answer = await SendAsync(gate, client, client.ExecuteRequest());
        (answer.Code, answer.SetCookies.Count, gate.Gatekeeper.Sessions.Count).Should().Be((10, 0, 0), string.Join("; ", cookies));
    }

    private static string User(HttpContext context) => context.Request.Headers["X-User"].ToString();

    private static string Cookie(HttpContext context) => context.Request.Cookies["MapiContext"] ?? "";

    private Task AnswerAsync(HttpContext context, byte[] body)
    {
        var cookie = Cookie(context);
        if (_contexts.TryGetValue(cookie, out var owner) && owner == User(context))
        {
            return AnswerAsync(context, cookie, body);
        }

        Answers.WriteHead(context, code: 10);
        return context.Response.WriteAsync("<html>");
    }

    private static Task AnswerAsync(HttpContext context, string cookie, byte[] body)
    {
        context.Response.Headers.SetCookie = new([$"MapiContext={cookie}; path=/mapi/emsmdb; secure; HttpOnly", "MapiSequence=1; path=/mapi/emsmdb; secure; HttpOnly"]);
        return Answers.WriteAsync(context, body);
    }

    /// <summary>Lets everybody in, but keeps the first to ask waiting.</summary>
    private sealed class PolicyThatWaits : IConnectionPolicy, IDisposable
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly ManualResetEventSlim _goOn = new();

        public Task Reached => _reached.Task;

        public void GoOn() => _goOn.Set();

        public ConnectionVerdict Evaluate(MapiClient client)
        {
            if (_reached.TrySetResult())
            {
                _goOn.WaitHandle.WaitWithinBounds();
            }

            return ConnectionVerdict.Allowed;
        }

        public void Dispose() => _goOn.Dispose();
    }

    /// <summary>Keys that are there at start, and may go.</summary>
    private sealed class KeysThatFail : IDataProtectionProvider, IDataProtector
    {
        private readonly EphemeralDataProtectionProvider _keys = new();

        public bool Fail { get; set; }

        public int Opened { get; private set; }

        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => Fail ? throw new CryptographicException("no keys") : _keys.CreateProtector("test").Protect(plaintext);

        public byte[] Unprotect(byte[] protectedData)
        {
            Opened++;
            return _keys.CreateProtector("test").Unprotect(protectedData);
        }
    }
}
