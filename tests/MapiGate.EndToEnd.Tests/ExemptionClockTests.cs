using System.Net.Http.Headers;
using System.Text;
using MapiGate.Protocol;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.EndToEnd.Tests;

/// <summary>The store-service host, over real HTTP, by a clock that the test drives.</summary>
public class ExemptionClockTests
{
    [Fact]
    public async Task AnExemptionWhoseMomentPasses_CutsItsSession()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var application = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("Management:Url", "")
            .UseSetting("MapiGate:DisableMapiClientProcesses", "backup.exe")
            .UseSetting("MapiGate:Exemptions:nightly-backup:User", "backupagent")
            .UseSetting("MapiGate:Exemptions:nightly-backup:Until", "2026-01-01T00:01:00Z")
            .ConfigureServices(services => services.AddSingleton<TimeProvider>(clock)));
        application.UseKestrel(0);
        using var http = application.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("backupagent:demo"u8));
        using var connected = await PostAsync(http, "Connect", Connect("backup.exe"));
        var cookies = connected.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).ToArray();
        var waiting = PostAsync(http, "NotificationWait", new NotificationWaitRequest().ToArray(), cookies);

        // Far less than the host lets a session idle: only the exemption can have ended it.
        clock.Advance(TimeSpan.FromMinutes(1));

        using var ended = await waiting.WithinBounds();
        (await ReadCodeAsync(ended)).Should().Be(MapiHttpResponseCode.ContextNotFound);
        using var refused = await PostAsync(http, "Connect", Connect("backup.exe"));
        MapiHttpInnerResponse.TryRead(await refused.Content.ReadAsByteArrayAsync(), out var inner).Should().BeTrue();
        ConnectResponse.TryRead(inner!.Body.Span, out var response).Should().BeTrue();
        response!.ErrorCode.Should().Be(MapiErrorCode.ClientVersionDisallowed);
    }

    private static async Task<MapiHttpResponseCode?> ReadCodeAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync().WithinBounds();
        return MapiHttpInnerResponse.TryRead(body, out var inner) && inner.ResponseCode is { } late
            ? late
            : Enum.Parse<MapiHttpResponseCode>(answer.Headers.GetValues(MapiHttpHeaders.ResponseCode).Single());
    }

    private static byte[] Connect(string process) => new ConnectRequest
    {
        UserDn = "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=backupagent",
        AuxiliaryBuffer = AuxiliaryWriter.Write(AuxiliaryInfo.Empty with { ProcessNames = [process] }),
    }.ToArray();

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string type, byte[] body, params string[] cookies)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mapi/emsmdb") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MapiHttpContentType.Mapi);
        request.Headers.Add(MapiHttpHeaders.RequestType, type);
        request.Headers.Add(MapiHttpHeaders.RequestId, "{C715155F-2BE8-44E0-BD34-2960065754C8}:1");
        if (cookies.Length > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies));
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WithinBounds();
    }
}
