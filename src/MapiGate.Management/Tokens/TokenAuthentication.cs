using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MapiGate.Management;

/// <summary>Knows who comes with a token, or with the cookie that the page was given for one.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    TokenFile tokens,
    WrongTokens wrong)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const string Bearer = "Bearer ";

    private readonly ILogger _audit = AuditLog.Of(loggers);
    private bool _isRefusedUnread;
    private bool _isUnknown;

    /// <summary>Whether a request that was let in would be again: not if its token has been taken out since, or its cookie is too old by now.</summary>
    public static bool IsStillKnown(HttpContext http)
    {
        if (http.User.Identity?.AuthenticationType != TokenPolicies.Scheme)
        {
            return true;
        }

        try
        {
            return Find(http, http.RequestServices.GetRequiredService<TokenFile>(), http.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System) is not null;
        }
        catch (TokenFileException)
        {
            return false;
        }
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            return Task.FromResult(Authenticate());
        }
        catch (TokenFileException e)
        {
            _isUnknown = true;
            AuditLog.TokenFileUnusable(_audit, e.Message);
            return Task.FromResult(AuthenticateResult.Fail(e));
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_isUnknown)
        {
            return Problem.OfTokens().ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return _isRefusedUnread
            ? Problem.Of(StatusCodes.Status429TooManyRequests, "Too many wrong tokens", "Too many wrong tokens came from this address; wait a minute.").ExecuteAsync(Context)
            : Problem.Of(StatusCodes.Status401Unauthorized, "Who are you?", "Send a token of this server's: Authorization: Bearer …. \"mapigate token\" shows it on the server.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(StatusCodes.Status403Forbidden, "This token may only read", "Use a token with the right to write; the file of tokens on the server says which one has it.").ExecuteAsync(Context);

    private static bool IsSent(HttpContext http) => http.Request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    private static ManagementToken? Find(HttpContext http, TokenFile tokens, TimeProvider clock) =>
        IsSent(http) ? tokens.Find(http.Request.Headers.Authorization.ToString()[Bearer.Length..].Trim())
        : http.Request.Cookies[TokenCookie.NameAt(http)] is { } cookie ? TokenCookie.Find(cookie, tokens.Read(), clock.GetUtcNow())
        : null;

    private AuthenticateResult Authenticate()
    {
        var isSent = IsSent(Context);
        if (isSent && wrong.AreTooMany(Context))
        {
            _isRefusedUnread = true;
            return AuthenticateResult.Fail("Too many wrong tokens came from this address; wait a minute.");
        }

        if (Find(Context, tokens, TimeProvider) is { } token)
        {
            return Accept(token);
        }

        if (!isSent)
        {
            return AuthenticateResult.NoResult();
        }

        wrong.Add(Context);
        AuditLog.WrongToken(_audit, Context.Connection.RemoteIpAddress?.ToString() ?? string.Empty);
        return AuthenticateResult.Fail("That token is not, or no longer, one of this server's.");
    }

    private AuthenticateResult Accept(ManagementToken token)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, token.Name), new Claim(TokenClaims.Right, TokenClaims.Read)], Scheme.Name);
        if (token.MayWrite)
        {
            identity.AddClaim(new Claim(TokenClaims.Right, TokenClaims.Write));
        }

        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
