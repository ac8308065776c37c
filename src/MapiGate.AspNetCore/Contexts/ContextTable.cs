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

    public ContextTable(MapiGateHttpOptions options, AnswerEnvironment environment, SealKeeper? seals)
    {
        Options = options;
        Environment = environment;
        Seals = seals;
        _cookieNames = [.. options.ContextCookies];
        _sequenceNames = [.. options.SequenceCookies ?? []];
        _byValue = _contexts.GetAlternateLookup<ReadOnlySpan<char>>();
        _sweep = environment.Clock.CreateTimer(static table => ((ContextTable)table!).ReleaseExpired(), this, SweepPeriod, SweepPeriod);
    }

    public MapiGateHttpOptions Options { get; }

    public AnswerEnvironment Environment { get; }

    /// <summary>By which contexts that are not known here are taken on; <see langword="null"/> where none are.</summary>
    public SealKeeper? Seals { get; }

    /// <summary>Whether long polls are no longer waited for.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Finds the one context that a request's cookies name; none unless it is <see cref="ContextLookup.Known"/>.</summary>
    public ContextLookup Find(StringValues cookieHeaders, out GatedContext? context)
    {
        context = null;
        foreach (var header in cookieHeaders)
        {
            foreach (var value in new ContextCookieReader(header, _cookieNames))
            {
                if (!_byValue.TryGetValue(value, out var named))
                {
                    context = null;
                    return IsMalformed(value) ? ContextLookup.Malformed : ContextLookup.Unknown;
                }

                if (context is not null && context != named)
                {
                    context = null;
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
    /// <param name="cookieHeaders">The cookies as they came.</param>
    /// <param name="shown">The same with the seals: a context that one of them fits is known to another gate.</param>
    public StringValues WithoutUnknown(StringValues cookieHeaders, StringValues shown)
    {
        var seals = Seals?.Open(shown) ?? [];
        var known = CookieHeader.Without(cookieHeaders, _cookieNames, value => _contexts.ContainsKey(value) || seals.Exists(seal => seal.Fits(value)));
        return Find(known, out _) == ContextLookup.NoCookie ? CookieHeader.Without(known, _sequenceNames) : known;
    }

    /// <summary>Cookies without any that name or go with a context.</summary>
    public StringValues WithoutAny(StringValues cookieHeaders) =>
        CookieHeader.Without(CookieHeader.Without(cookieHeaders, _cookieNames), _sequenceNames);

    /// <summary>Has the host end a context at the server behind.</summary>
    public void EndAtServer(EndedContext ended) => ThreadPool.UnsafeQueueUserWorkItem(_ => _ = EndAtServerAsync(ended), null);

    /// <summary>
    /// The Session Context cookies that an answer sets, each with its attributes, from the semicolon on. An empty value takes a
    /// cookie away, and is none.
    /// </summary>
    public List<(string Value, string Attributes)> ReadSetCookies(StringValues setCookies)
    {
        List<(string, string)> cookies = [];
        foreach (var setCookie in setCookies)
        {
            // The attributes come after the first semicolon; nothing before it but the one pair.
            var semicolon = setCookie!.IndexOf(';');
            var pair = semicolon < 0 ? setCookie : setCookie[..semicolon];
            foreach (var value in new ContextCookieReader(pair, _cookieNames))
            {
                if (!value.IsEmpty)
                {
                    cookies.Add((value.ToString(), setCookie[pair.Length..]));
                }

                break;
            }
        }

        return cookies;
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

    /// <summary>Makes a cookie value name this context, unless it names one already: then that one.</summary>
    public GatedContext Adopt(string value, GatedContext context) => _contexts.GetOrAdd(value, context);

    /// <summary>The one value that all of a request's context cookies have.</summary>
    public bool TryReadValue(StringValues cookieHeaders, [NotNullWhen(true)] out string? value)
    {
        value = null;
        foreach (var header in cookieHeaders)
        {
            foreach (var found in new ContextCookieReader(header, _cookieNames))
            {
                value ??= found.ToString();
                if (!found.SequenceEqual(value))
                {
                    return false;
                }
            }
        }

        return value is not null;
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

    private async Task EndAtServerAsync(EndedContext ended)
    {
        try
        {
            await Options.EndContext!(ended).ConfigureAwait(false);
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

        Seals?.Ended.ForgetExpired();
    }
}
