using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Management;

/// <summary>Exchanges a token for the page's cookie, and takes the cookie back.</summary>
internal static class TokenEndpoints
{
    public static void Map(RouteGroupBuilder page)
    {
        page.MapPost("session", (HttpContext http, CancellationToken _) => Begin(http)).Accepts<TokenOrder>("application/json").Produces(StatusCodes.Status204NoContent).Produces<ProblemAnswer>(StatusCodes.Status401Unauthorized).Produces<ProblemAnswer>(StatusCodes.Status429TooManyRequests).Produces<ProblemAnswer>(StatusCodes.Status503ServiceUnavailable);
        page.MapDelete("session", (HttpContext http, CancellationToken _) => End(http)).Produces(StatusCodes.Status204NoContent);
    }

    private static Task<IResult> Begin(HttpContext http) => http.ReadAsync(ManagementJson.Default.TokenOrder, order =>
    {
        try
        {
            return Task.FromResult(Exchange(http, order));
        }
        catch (TokenFileException e)
        {
            AuditLog.TokenFileUnusable(http.Audit(), e.Message);
            return Task.FromResult(Problem.OfTokens());
        }
    });

    private static IResult Exchange(HttpContext http, TokenOrder order)
    {
        var wrong = http.RequestServices.GetRequiredService<WrongTokens>();
        if (wrong.AreTooMany(http))
        {
            return Problem.Of(StatusCodes.Status429TooManyRequests, "Too many wrong tokens", "Too many wrong tokens came from this address; wait a minute.");
        }

        if (http.RequestServices.GetRequiredService<TokenFile>().Find(order.Token ?? string.Empty) is not { } token)
        {
            wrong.Add(http);
            AuditLog.WrongToken(http.Audit(), http.Address());
            return Problem.Of(StatusCodes.Status401Unauthorized, "A wrong token", "That token is not, or no longer, one of this server's. \"mapigate token\" shows it on the server.");
        }

        http.Response.Cookies.Append(TokenCookie.NameAt(http), TokenCookie.Make(token, http.Now()), Options(http));
        return TypedResults.NoContent();
    }

    private static IResult End(HttpContext http)
    {
        http.Response.Cookies.Delete(TokenCookie.NameAt(http), Options(http));
        return TypedResults.NoContent();
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,

        // To a browser that is the path that the page stands below, which behind a proxy may be another than here.
        Path = null,
    };
}
