using Microsoft.Extensions.Options;
using StoreServiceHost.Mailboxes;

namespace Microsoft.Extensions.DependencyInjection;

internal static class MailboxServiceCollectionExtensions
{
    /// <summary>The mailboxes of the <c>Users</c> section in <paramref name="configuration"/>.</summary>
    public static IServiceCollection AddMailboxes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StoreOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>();
        services.AddSingleton<MailboxDirectory>();
        return services;
    }
}
