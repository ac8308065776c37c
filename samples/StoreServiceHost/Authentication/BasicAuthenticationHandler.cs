using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace StoreServiceHost.Authentication;

/// <summary>Knows the user from the <c>Authorization</c> header; asks for one where it is missing or wrong.</summary>
internal sealed class BasicAuthenticationHandler(
    IOptionsMonitor<BasicAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder, PasswordTable passwords)
    : AuthenticationHandler<BasicAuthenticationOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"Basic realm=\"{Options.Realm}\", charset=\"UTF-8\"";
        return base.HandleChallengeAsync(properties);
    }

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (header.Count > 1 || !BasicCredentials.TryParse(header[0], out var credentials))
        {
            return AuthenticateResult.Fail("not a Basic Authorization header");
        }

        if (!passwords.Matches(credentials))
        {
            return AuthenticateResult.Fail("unknown user or wrong password");
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, credentials.UserName)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
