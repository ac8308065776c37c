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
    private readonly string[] _sequenceNames;
    private readonly ITimer _sweep;
    private volatile bool _isStopping;

    public ContextTable(MapiGateHttpOptions options, AnswerEnvironment environment)
    {
        Options = options;
        Environment = environment;
        _cookieNames = [.. options.ContextCookies];
        _sequenceNames = [.. options.SequenceCookies ?? []];
        _byValue = _contexts.GetAlternateLookup<ReadOnlySpan<char>>();
        _sweep = environment.Clock.CreateTimer(static table => ((ContextTable)table!).ReleaseExpired(), this, SweepPeriod, SweepPeriod);
    }

    public MapiGateHttpOptions Options { get; }

    public AnswerEnvironment Environment { get; }

    /// <summary>Whether long polls are no longer waited for.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Finds the one context that a request's cookies name.</summary>
    public ContextLookup Find(StringValues cookieHeaders, out GatedContext? context)
    {
        context = null;
        foreach (var header in cookieHeaders)
        {
            foreach (var value in new ContextCookieReader(header, _cookieNames))
            {
                if (!_byValue.TryGetValue(value, out var named))
                {
                    return IsMalformed(value) ? ContextLookup.Malformed : ContextLookup.Unknown;
                }

                if (context is not null && context != named)
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

    /// <summary>
    /// A Connect's cookies as the server is to see them: without those of contexts that are not known here, and without what goes
    /// with them when no other remains.
    /// </summary>
    public StringValues WithoutUnknown(StringValues cookieHeaders)
    {
        var known = CookieHeader.Without(cookieHeaders, _cookieNames, _contexts.ContainsKey);
        return Find(known, out _) == ContextLookup.NoCookie ? CookieHeader.Without(known, _sequenceNames) : known;
    }

    /// <summary>Cookies without any that name or go with a context.</summary>
    public StringValues WithoutAny(StringValues cookieHeaders) =>
        CookieHeader.Without(CookieHeader.Without(cookieHeaders, _cookieNames), _sequenceNames);

    /// <summary>Ends a context at the server behind, which has not heard of its end.</summary>
    public void EndAtServer(MapiClient client, StringValues setCookies)
    {
        if (Options.EndContext is { } end)
        {
            var ended = new EndedContext(client, [.. setCookies.Select(cookie => cookie!.Split(';')[0].Trim())]);
            ThreadPool.UnsafeQueueUserWorkItem(_ => _ = EndAtServerAsync(end, ended), null);
        }
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

    /// <summary>Ends the long polls, those to come too: the gate goes, and their clients are to come back at once.</summary>
    public void EndWaits()
    {
        _isStopping = true;
        foreach (var (_, context) in _contexts)
        {
            context.EndWaits();
        }
    }

    public void Dispose() => _sweep.Dispose();

    private static bool IsMalformed(ReadOnlySpan<char> value) => value.ContainsAnyExceptInRange('!', '~');

    private async Task EndAtServerAsync(Func<EndedContext, Task> end, EndedContext ended)
    {
        try
        {
            await end(ended).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            HttpLog.EndContextFailed(Environment.Logger, exception);
        }
    }

    private void ReleaseExpired()
    {
        foreach (var (_, context) in _contexts)
        {
            context.ReleaseIfExpired();
        }
    }
}
