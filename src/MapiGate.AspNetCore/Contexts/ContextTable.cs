using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace MapiGate.AspNetCore;

/// <summary>
/// The Session Contexts that came through this gate and are alive, by cookie value. Forgetting a value is what cuts a client
/// off: nothing is kept for a session that is gone, since every unknown value gets the same answer.
/// </summary>
internal sealed class ContextTable : IDisposable
{
    // How late, beyond its expiry and the grace, a vanished client may be noticed.
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, GatedContext> _contexts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, GatedContext>.AlternateLookup<ReadOnlySpan<char>> _byValue;
    private readonly string[] _cookieNames;
    private readonly ITimer _sweep;

    public ContextTable(MapiGateHttpOptions options, AnswerEnvironment environment)
    {
        Options = options;
        Environment = environment;
        _cookieNames = [.. options.ContextCookies];
        _byValue = _contexts.GetAlternateLookup<ReadOnlySpan<char>>();
        _sweep = environment.Clock.CreateTimer(static table => ((ContextTable)table!).ReleaseExpired(), this, SweepPeriod, SweepPeriod);
    }

    public MapiGateHttpOptions Options { get; }

    public AnswerEnvironment Environment { get; }

    /// <summary>Finds the one context that a request's cookies name.</summary>
    public ContextLookup Find(StringValues cookieHeaders, out GatedContext? context)
    {
        context = null;
        foreach (var header in cookieHeaders)
        {
            foreach (var value in new ContextCookieReader(header, _cookieNames))
            {
                if (!_byValue.TryGetValue(value, out var named) || (context is not null && context != named))
                {
                    return ContextLookup.Unknown;
                }

                context = named;
            }
        }

        return context is null ? ContextLookup.NoCookie : ContextLookup.Known;
    }

    /// <summary>Every known context that a Connect's old cookies name.</summary>
    public List<GatedContext> FindAll(StringValues cookieHeaders)
    {
        List<GatedContext> contexts = [];
        foreach (var header in cookieHeaders)
        {
            foreach (var value in new ContextCookieReader(header, _cookieNames))
            {
                if (_byValue.TryGetValue(value, out var named) && !contexts.Contains(named))
                {
                    contexts.Add(named);
                }
            }
        }

        return contexts;
    }

    /// <summary>The Session Context cookie that one Set-Cookie header sets. An empty value takes a cookie away, and is none.</summary>
    public bool TryReadSetCookie(string? setCookie, [NotNullWhen(true)] out string? value)
    {
        // The attributes come after the first semicolon; nothing before it but the one pair.
        var pair = setCookie.AsSpan();
        var semicolon = pair.IndexOf(';');
        value = null;
        foreach (var found in new ContextCookieReader(semicolon < 0 ? setCookie : setCookie![..semicolon], _cookieNames))
        {
            value = found.IsEmpty ? null : found.ToString();
            break;
        }

        return value is not null;
    }

    /// <summary>
    /// Makes a cookie value name this context, and returns the one it named before: a server may give a returning client its
    /// old value again, and then the newcomer takes the place of the old.
    /// </summary>
    public GatedContext? Tie(string value, GatedContext context)
    {
        GatedContext? replaced = null;
        _contexts.AddOrUpdate(
            value,
            context,
            (_, old) =>
            {
                replaced = old;
                return context;
            });
        return replaced == context ? null : replaced;
    }

    /// <summary>Forgets a cookie value, unless another context has taken it over.</summary>
    public void Forget(string value, GatedContext context) => _contexts.TryRemove(KeyValuePair.Create(value, context));

    public void Dispose() => _sweep.Dispose();

    private void ReleaseExpired()
    {
        foreach (var (_, context) in _contexts)
        {
            context.ReleaseIfExpired();
        }
    }
}
