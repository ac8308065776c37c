using StoreServiceHost.Contexts;

namespace StoreServiceHost.Requests;

/// <summary>A request that its context has taken on; disposing ends it.</summary>
internal sealed record BegunRequest(SessionContext Context, PendingRequest Pending) : IDisposable
{
    public void Dispose() => Pending.Dispose();
}
