using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MapiGate.Management;

/// <summary>The page and its assets, and the API's description, as they are embedded in this assembly.</summary>
internal static class PageEndpoints
{
    private const string Prefix = "Assets/";

    private static readonly Assembly Here = typeof(PageEndpoints).Assembly;

    public static void Map(RouteGroupBuilder page)
    {
        page.MapGet(string.Empty, GetPage).ExcludeFromDescription();
        foreach (var name in Here.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            page.MapGet($"assets/{name[Prefix.Length..]}", (HttpContext http) => Send(http, name)).ExcludeFromDescription();
        }

        page.MapGet("openapi.json", (HttpContext http) => Send(http, "openapi.json")).ExcludeFromDescription();
    }

    // Every address of the page is relative: it must end with a slash, below whatever path base or proxy it stands.
    private static IResult GetPage(HttpContext http)
    {
        var path = http.Request.Path.Value ?? string.Empty;
        return path.EndsWith('/') ? Send(http, $"{Prefix}index.html") : TypedResults.Redirect($"{path[(path.LastIndexOf('/') + 1)..]}/");
    }

    private static IResult Send(HttpContext http, string name)
    {
        using var stream = Here.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(bytes, TypeOf(name), entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/json",
    };
}
