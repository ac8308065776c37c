using MapiGate.Protocol;
using StoreServiceHost.Contexts;

namespace StoreServiceHost.Requests;

/// <summary>Finds the context that a request belongs to, and the protocol's code where there is none.</summary>
internal sealed class ContextRequests(SessionContextTable contexts)
{
    /// <summary>Begins a request that must come in order, and hands out its successor's sequence cookie.</summary>
    /// <returns>The context with the request begun on it; <see langword="null"/> when the failure was answered.</returns>
    public async Task<BegunRequest?> BeginInSequenceAsync(EmsmdbExchange exchange)
    {
        var sequence = exchange.Cookie(ContextCookies.Sequence);
        if (await FindAsync(exchange) is not { } context)
        {
            return null;
        }

        if (string.IsNullOrEmpty(sequence))
        {
            await exchange.FailAsync(MapiHttpResponseCode.MissingCookie, $"The cookie {ContextCookies.Sequence} is missing.");
            return null;
        }

        var result = context.TryBeginInSequence(sequence, out var pending, out var next);
        if (!await AcceptAsync(exchange, result))
        {
            return null;
        }

        exchange.SetCookie(ContextCookies.Context, context.Id);
        exchange.SetCookie(ContextCookies.Sequence, next);
        return new BegunRequest(context, pending);
    }

    /// <summary>
    /// Begins a request that may overlap others. It neither needs nor renews the sequence cookie: its answer may
    /// arrive after that of a later request, and would put a stale cookie in the newer one's place.
    /// </summary>
    public async Task<BegunRequest?> BeginOverlappingAsync(EmsmdbExchange exchange)
    {
        if (await FindAsync(exchange) is not { } context || !await AcceptAsync(exchange, context.TryBeginOverlapping(out var pending)))
        {
            return null;
        }

        exchange.SetCookie(ContextCookies.Context, context.Id);
        return new BegunRequest(context, pending);
    }

    private async Task<SessionContext?> FindAsync(EmsmdbExchange exchange)
    {
        var id = exchange.Cookie(ContextCookies.Context);
        if (string.IsNullOrEmpty(id))
        {
            await exchange.FailAsync(MapiHttpResponseCode.MissingCookie, $"The cookie {ContextCookies.Context} is missing.");
            return null;
        }

        if (!ContextCookies.IsWellFormed(id))
        {
            await exchange.FailAsync(MapiHttpResponseCode.InvalidContextCookie, $"The cookie {ContextCookies.Context} is malformed.");
            return null;
        }

        if (!contexts.TryFind(id, exchange.Mailbox.Owner, out var context))
        {
            await AcceptAsync(exchange, BeginResult.Gone);
        }

        return context;
    }

    private static async Task<bool> AcceptAsync(EmsmdbExchange exchange, BeginResult result)
    {
        switch (result)
        {
            case BeginResult.Gone:
                await exchange.FailAsync(MapiHttpResponseCode.ContextNotFound, "The Session Context is not there, or no more. Connect again.");
                return false;
            case BeginResult.OutOfSequence:
                await exchange.FailAsync(MapiHttpResponseCode.InvalidSequence, "Out of sequence, or a request is under way already.");
                return false;
            default:
                return true;
        }
    }
}
