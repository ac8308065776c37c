using System.Net;
using System.Threading.RateLimiting;
using MapiGate.Protocol;

namespace StoreServiceHost.ConnectLimit;

/// <summary>Counts the Connects of each address; every other request passes.</summary>
/// <remarks>An address that has been quiet until its count is full again is forgotten: the addresses take no memory for good.</remarks>
internal static class ConnectLimiter
{
    public static PartitionedRateLimiter<HttpContext> Create(ConnectLimitOptions options)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = options.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),

            // Who has to wait holds a connection: better to say so at once.
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => IsConnect(context.Request)
            ? RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, _ => bucket)
            : RateLimitPartition.GetNoLimiter(IPAddress.Any));
    }

    private static bool IsConnect(HttpRequest request) =>
        MapiHttpRequestTypes.Connect.Equals(request.Headers[MapiHttpHeaders.RequestType].ToString(), StringComparison.OrdinalIgnoreCase);
}
