using System.Globalization;
using MapiGate.Attack.Tests.Fuzzing;
using MapiGate.Protocol;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Memory;

/// <summary>A gate that seals contexts remembers those that it ended, for as long as their seals could serve, and no longer.</summary>
public sealed class EndedContextTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 5000;
    private const int Crowds = 4;

    // What the runtime and the test server keep for themselves. A context that is remembered takes 150 bytes at the least.
    private const long Margin = 1024 * 1024;

    private readonly FakeTimeProvider _clock = new();
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory();
    private long _cookies;

    [Fact]
    public async Task CrowdsThatLoggedOff_AreForgottenWhenTheirSealsHaveRunOut()
    {
        await using var app = await InMemoryGate.StartAsync(_clock, GrantAsync, services =>
        {
            services.AddDataProtection().PersistKeysToFileSystem(_keys);
            services.Configure<AspNetCore.MapiGateHttpOptions>(options => options.SealContexts = true);
        });
        await LogOnAndOffAsync(app.GetTestServer());
        var before = LiveMemory.Measure();

        for (var crowd = 0; crowd < Crowds; crowd++)
        {
            await LogOnAndOffAsync(app.GetTestServer());
        }

        var after = LiveMemory.Measure();
        output.WriteLine($"{Crowds * Clients} contexts that were ended: {before} bytes before, {after} after");
        after.Should().BeLessThanOrEqualTo(before + Margin);
    }

    public void Dispose() => _keys.Delete(recursive: true);

    private async Task LogOnAndOffAsync(TestServer server)
    {
        var body = ReaderTargets.Connect(AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = ["program1.exe"] }));
        for (var i = 0; i < Clients; i++)
        {
            var connected = await SendAsync(server, MapiHttpRequestTypes.Connect, body, default);
            connected.Should().HaveCount(2, "one is the seal");
            await SendAsync(server, MapiHttpRequestTypes.Disconnect, new DisconnectRequest().ToArray(), connected[0]);
        }

        // Twice the server's 15 minutes and the gate's one, and the half minute until it looks.
        _clock.Advance(TimeSpan.FromMinutes(33));
    }

    private static async Task<StringValues> SendAsync(TestServer server, string type, byte[] body, StringValues cookie)
    {
        var answer = await server.SendAsync(context =>
        {
            context.Request.Method = "POST";
            context.Request.Path = "/mapi/emsmdb";
            context.Request.Headers[MapiHttpHeaders.RequestType] = type;
            context.Request.Headers.Cookie = cookie;
            context.Request.Body = new MemoryStream(body);
        });
        answer.Response.Headers[MapiHttpHeaders.ResponseCode].Should().Equal("0");
        return answer.Response.Headers.SetCookie;
    }

    private Task GrantAsync(HttpContext context)
    {
        context.Response.Headers[MapiHttpHeaders.ResponseCode] = "0";
        context.Response.Headers[MapiHttpHeaders.ExpirationInfo] = "900000";
        if (context.Request.Headers[MapiHttpHeaders.RequestType] == MapiHttpRequestTypes.Connect)
        {
            context.Response.Headers.SetCookie = string.Create(CultureInfo.InvariantCulture, $"MapiContext={++_cookies}");
        }

        MapiHttpFraming.WriteDone(context.Response.BodyWriter, MapiHttpResponseCode.Success, TimeSpan.Zero, _clock.GetUtcNow());
        return context.Response.BodyWriter.WriteAsync(new ConnectResponse().ToArray()).AsTask();
    }
}
