namespace StoreServiceHost.Contexts;

/// <summary>A request under way on a context. While one is, the context is not idle; disposing ends it, once.</summary>
internal readonly struct PendingRequest(SessionContext context, bool inSequence) : IDisposable
{
    public void Dispose() => context?.Finish(inSequence);
}
