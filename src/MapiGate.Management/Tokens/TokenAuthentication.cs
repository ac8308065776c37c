using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
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

    private AuthenticateResult Authenticate()
    {
        var sent = Request.Headers.Authorization.ToString();
        if (sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            if (wrong.AreTooMany(Context))
            {
                _isRefusedUnread = true;
                return AuthenticateResult.Fail("Too many wrong tokens came from this address; wait a minute.");
            }

            if (tokens.Find(sent[Bearer.Length..].Trim()) is { } token)
            {
                return Accept(token);
            }

            wrong.Add(Context);
            AuditLog.WrongToken(_audit, Context.Connection.RemoteIpAddress?.ToString() ?? string.Empty);
            return AuthenticateResult.Fail("That token is not, or no longer, one of this server's.");
        }

        return Request.Cookies[TokenCookie.NameAt(Context)] is { } cookie && TokenCookie.Find(cookie, tokens.Read(), TimeProvider.GetUtcNow()) is { } known
            ? Accept(known)
            : AuthenticateResult.NoResult();
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
