using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using StoreServiceHost.ConnectLimit;

namespace Microsoft.Extensions.DependencyInjection;

internal static class ConnectLimitServiceCollectionExtensions
{
    /// <summary>A limit on the Connects of each address, with its numbers from <paramref name="configuration"/>; read once.</summary>
    public static IServiceCollection AddConnectLimit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConnectLimitOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConnectLimitOptions>, ConnectLimitOptionsValidator>();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<ConnectLimitOptions>>((limiter, limit) =>
        {
            limiter.GlobalLimiter = ConnectLimiter.Create(limit.Value);

            // As HTTP says it: the protocol has no code for "later", and its status codes are for a server that can go on.
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.OnRejected = (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "1";
                return ValueTask.CompletedTask;
            };
        });
        services.AddRateLimiter(_ => { });
        return services;
    }
}
