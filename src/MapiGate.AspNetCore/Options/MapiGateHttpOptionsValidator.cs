using Microsoft.Extensions.Options;

namespace MapiGate.AspNetCore;

internal sealed class MapiGateHttpOptionsValidator : IValidateOptions<MapiGateHttpOptions>
{
    // An empty UserDn's terminator, five numbers and no auxiliary buffer are 21 bytes: less than that refuses everybody.
    private const int SmallestConnectBody = 32;

    // A chunked Connect has this much memory set aside before anything is known of its client.
    private const int LargestConnectBody = 1024 * 1024;

    // What X-ExpirationInfo can say, 32 bits of milliseconds.
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(49);

    public ValidateOptionsResult Validate(string? name, MapiGateHttpOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(MapiGateHttpOptions options)
    {
        if (options.Path is not ['/', ..])
        {
            yield return Failure(nameof(options.Path), options.Path, "begin it with '/', such as \"/mapi/emsmdb\"");
        }

        if (options.ContextCookies is not { Count: > 0 })
        {
            yield return Failure(nameof(options.ContextCookies), "empty", "name the server's Session Context cookie, such as \"MapiContext\"");
        }
        else
        {
            foreach (var cookie in options.ContextCookies.Where(cookie => !IsCookieName(cookie)))
            {
                yield return Failure(nameof(options.ContextCookies), cookie, "name a cookie, without spaces, '=', ',' and ';'");
            }
        }

        if (!IsCookieName(options.SealCookie) || (options.ContextCookies ?? []).Concat(options.SequenceCookies ?? []).Contains(options.SealCookie, StringComparer.OrdinalIgnoreCase))
        {
            yield return Failure(nameof(options.SealCookie), options.SealCookie, "name a cookie that the server has no use for; \"MapiGateSeal\" is the default");
        }

        foreach (var cookie in (options.SequenceCookies ?? []).Where(cookie => !IsCookieName(cookie)))
        {
            yield return Failure(nameof(options.SequenceCookies), cookie, "name a cookie, without spaces, '=', ',' and ';'");
        }

        if (options.MaxConnectBodySize is < SmallestConnectBody or > LargestConnectBody)
        {
            yield return Failure(nameof(options.MaxConnectBodySize), options.MaxConnectBodySize, $"set {SmallestConnectBody} to {LargestConnectBody} bytes; 16384 suits every known client");
        }

        if (options.ExpiryGrace < TimeSpan.Zero || options.ExpiryGrace > LongestTime)
        {
            yield return Failure(nameof(options.ExpiryGrace), options.ExpiryGrace, "set zero to 49 days; 00:01:00 is the default");
        }

        if (options.DefaultExpiration <= TimeSpan.Zero || options.DefaultExpiration > LongestTime)
        {
            yield return Failure(nameof(options.DefaultExpiration), options.DefaultExpiration, "set more than zero, and up to 49 days; 00:15:00 is the default");
        }

        if (options.PendingPeriod <= TimeSpan.Zero || options.PendingPeriod > LongestTime)
        {
            yield return Failure(nameof(options.PendingPeriod), options.PendingPeriod, "set more than zero, and up to 49 days; 00:00:15 is the default");
        }

        if (string.IsNullOrWhiteSpace(options.ServerApplication) || options.ServerApplication.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            yield return Failure(nameof(options.ServerApplication), options.ServerApplication, "name a program and its version in ASCII, such as \"Exchange/15.00.0847.032\"");
        }
    }

    private static string Failure(string key, object? value, string fix) =>
        $"{nameof(MapiGateHttpOptions)}.{key} is '{value}': {fix}.";

    private static bool IsCookieName(string? name) =>
        !string.IsNullOrEmpty(name) && !name.Any(c => c is '=' or ',' or ';' || char.IsWhiteSpace(c) || char.IsControl(c));
}
