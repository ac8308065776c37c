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

/// <summary>Gates that seal what they let in, before one server, which lives on.</summary>
public abstract class SealedGates : IAsyncLifetime
{
    private protected const string Name = "MapiGateSeal";

    private readonly List<GateHost> _gates = [];
    private readonly Dictionary<string, string> _contexts = [];
    private int _granted;

    protected SealedGates()
    {
        // As servers do: each answer sets the cookies again, and a context belongs to its user.
        Server.Connect = context =>
        {
            var cookie = $"context-{++_granted}";
            _contexts[cookie] = User(context);
            return AnswerAsync(context, cookie, new ConnectResponse().ToArray());
        };
        Server.Execute = context => AnswerAsync(context, Answers.ExecuteBody);
        Server.Wait = async context =>
        {
            await Answers.WriteTagsAsync(context, "PROCESSING\r\n");
            await Answers.NeverAsync(context);
        };
        Server.Disconnect = context =>
        {
            _contexts.Remove(Cookie(context));
            return Answers.WriteAsync(context, new DisconnectResponse().ToArray());
        };
    }

    /// <summary>Where the keys of all gates are kept.</summary>
    private protected DirectoryInfo Keys { get; } = Directory.CreateTempSubdirectory();

    /// <summary>The one server behind them.</summary>
    private protected FakeServer Server { get; } = new();

    /// <summary>The cookies of each request that it was passed.</summary>
    private protected List<string> CookiesSeen { get; } = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var gate in _gates)
        {
            await gate.DisposeAsync();
        }

        Keys.Delete(recursive: true);
    }

    private protected async Task<GateHost> StartAsync(
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
                CookiesSeen.Add(context.Request.Headers.Cookie.ToString());
                return Server.InvokeAsync(context);
            },
            services: services =>
            {
                services.AddDataProtection().SetApplicationName("gates").PersistKeysToFileSystem(keys ?? Keys);
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

    private protected static async Task<MapiTestClient> ConnectAsync(GateHost gate, string process, string? user = null)
    {
        var client = gate.NewClient(process);
        client.User = user;
        (await client.ConnectAsync()).Connected.ErrorCode.Should().Be(MapiErrorCode.Success);
        return client;
    }

    /// <summary>As clients do: with the cookies of the previous answer, and no others.</summary>
    private protected static async Task<MapiTestAnswer> ExecuteAsync(GateHost gate, MapiTestClient client)
    {
        var answer = await SendAsync(gate, client, client.ExecuteRequest());
        client.Cookies = answer.SetCookies.Count > 0 ? [.. answer.SetCookies] : client.Cookies;
        return answer;
    }

    private protected static Task<MapiTestAnswer> SendAsync(GateHost gate, MapiTestClient client, HttpRequestMessage request) =>
        client.SendAsync(At(gate, request));

    private protected static HttpRequestMessage At(GateHost gate, HttpRequestMessage request)
    {
        request.RequestUri = new Uri(gate.Address, request.RequestUri!.PathAndQuery);
        return request;
    }

    private protected static string User(HttpContext context) => context.Request.Headers["X-User"].ToString();

    private static string Cookie(HttpContext context) => context.Request.Cookies["MapiContext"] ?? "";

    private protected Task AnswerAsync(HttpContext context, byte[] body)
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
}
