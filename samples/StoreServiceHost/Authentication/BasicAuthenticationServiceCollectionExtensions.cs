using StoreServiceHost.Authentication;

namespace Microsoft.Extensions.DependencyInjection;

internal static class BasicAuthenticationServiceCollectionExtensions
{
    /// <summary>Basic authentication against the users of the store, as the default scheme.</summary>
    public static IServiceCollection AddBasicAuthentication(this IServiceCollection services)
    {
        services.AddSingleton<PasswordTable>();

        // The core alone: AddAuthentication brings data protection along, which keeps keys on disk that nothing here needs.
        services.AddAuthenticationCore(options =>
        {
            options.DefaultScheme = BasicAuthenticationOptions.Scheme;
            options.AddScheme<BasicAuthenticationHandler>(BasicAuthenticationOptions.Scheme, displayName: null);
        });
        services.AddWebEncoders();
        services.AddTransient<BasicAuthenticationHandler>();
        services.AddAuthorization();
        return services;
    }
}
