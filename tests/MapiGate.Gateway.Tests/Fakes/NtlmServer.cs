using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>A server that authenticates a connection by NTLM and then serves whatever comes on it, as IIS does: it says whom it serves.</summary>
internal sealed class NtlmServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NtlmServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<NtlmServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return new NtlmServer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static Task AnswerAsync(HttpContext context)
    {
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        var user = (ConnectionUser)(items.TryGetValue("user", out var known) ? known! : items["user"] = new ConnectionUser());
        if (context.Request.Query["close"] == "1")
        {
            context.Response.Headers.Connection = "close";
        }

        var authorization = context.Request.Headers.Authorization.ToString();
        var token = authorization.Contains(' ', StringComparison.Ordinal) ? authorization.Split(' ')[1] : "";
        if (token.Length > 0 && NtlmMessage.TypeOf(token) == 1)
        {
            (user.Name, user.Challenge) = (null, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));
            return ChallengeAsync(context, "NTLM " + NtlmMessage.Challenge(user.Challenge));
        }

        if (token.Length > 0)
        {
            user.Name = NtlmMessage.UserOf(token, user.Challenge);
        }

        return user.Name is null ? ChallengeAsync(context, "NTLM") : context.Response.WriteAsync(user.Name);
    }

    private static Task ChallengeAsync(HttpContext context, string challenge)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = challenge;
        return context.Response.WriteAsync("who are you?");
    }
}
