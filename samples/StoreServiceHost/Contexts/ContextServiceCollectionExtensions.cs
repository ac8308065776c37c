using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StoreServiceHost.Contexts;

namespace Microsoft.Extensions.DependencyInjection;

internal static class ContextServiceCollectionExtensions
{
    /// <summary>The table of Session Contexts, with its times from <paramref name="configuration"/>.</summary>
    public static IServiceCollection AddSessionContexts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ContextOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ContextOptions>, ContextOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionContextTable>();
        return services;
    }
}
