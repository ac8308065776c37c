using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Management;

/// <summary>Counts wrong tokens by address: whoever has sent twenty in a minute is asked to wait, whatever is sent next.</summary>
internal sealed class WrongTokens : IDisposable
{
    private const int MostPerMinute = 20;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = MostPerMinute, Window = TimeSpan.FromMinutes(1) }));

    public bool AreTooMany(HttpContext http) => _limiter.GetStatistics(Address(http))?.CurrentAvailablePermits == 0;

    public void Add(HttpContext http) => _limiter.AttemptAcquire(Address(http)).Dispose();

    public void Dispose() => _limiter.Dispose();

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? string.Empty;
}
