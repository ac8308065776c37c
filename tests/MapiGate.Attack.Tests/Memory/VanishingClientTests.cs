using System.Globalization;
using MapiGate.Attack.Tests.Fuzzing;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Memory;

/// <summary>Clients that log on over HTTP and are never heard of again.</summary>
public class VanishingClientTests(ITestOutputHelper output)
{
    private const int Clients = 5000;
    private const int Crowds = 4;

    // What the runtime and the test server keep for themselves.
    private const long Margin = 1024 * 1024;

    private readonly FakeTimeProvider _clock = new();
    private long _cookies;

    [Fact]
    public async Task CrowdsThatVanish_AreGoneAfterTheirExpiry_AndSoIsTheirMemory()
    {
        await using var app = await InMemoryGate.StartAsync(_clock, GrantAsync);
        var gatekeeper = app.Services.GetRequiredService<Gatekeeper>();
        await LogOnAndVanishAsync(app.GetTestServer(), gatekeeper);
        var before = LiveMemory.Measure();

        for (var crowd = 0; crowd < Crowds; crowd++)
        {
            await LogOnAndVanishAsync(app.GetTestServer(), gatekeeper);
        }

        var after = LiveMemory.Measure();
        output.WriteLine($"{Crowds * Clients} clients that vanished: {before} bytes before, {after} after");
        after.Should().BeLessThanOrEqualTo(before + Margin);
    }

    private async Task LogOnAndVanishAsync(TestServer server, Gatekeeper gatekeeper)
    {
        for (var i = 0; i < Clients; i++)
        {
            // The client has its answer before the gate has done with the request, and until then the session is not idle.
            var ended = new TaskCompletionSource();
            var body = ReaderTargets.Connect(AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = [$"invented{Guid.NewGuid()}.exe"] }));
            await server.SendAsync(context =>
            {
                context.Request.Method = "POST";
                context.Request.Path = "/mapi/emsmdb";
                context.Request.Headers[MapiHttpHeaders.RequestType] = MapiHttpRequestTypes.Connect;
                context.Request.Body = new MemoryStream(body);
                context.Response.OnCompleted(() =>
                {
                    ended.SetResult();
                    return Task.CompletedTask;
                });
            });
            await ended.Task.WithinBounds();
        }

        gatekeeper.Sessions.Count.Should().Be(Clients);

        // The server says 15 minutes; the gate adds one, and looks every half minute.
        _clock.Advance(TimeSpan.FromMinutes(15.5));
        gatekeeper.Sessions.Count.Should().Be(Clients);
        _clock.Advance(TimeSpan.FromMinutes(1));
        gatekeeper.Sessions.Count.Should().Be(0);
    }

    private Task GrantAsync(HttpContext context)
    {
        context.Response.Headers[MapiHttpHeaders.ResponseCode] = "0";
        context.Response.Headers[MapiHttpHeaders.ExpirationInfo] = "900000";
        context.Response.Headers.SetCookie = string.Create(CultureInfo.InvariantCulture, $"MapiContext={++_cookies}");
        return context.Response.Body.WriteAsync(new byte[1]).AsTask();
    }
}
