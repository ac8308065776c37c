using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace StoreServiceHost.Management;

/// <summary>Where the gate is managed: on a listener of its own, beside the store's.</summary>
internal static class ManagementListener
{
    private const string Default = "http://127.0.0.1:8026";
    private const string AnyPort = "http://127.0.0.1:0";

    /// <summary>The address; empty when <c>Management:Url</c> is. Where any port will do for the store, any will do here.</summary>
    public static string Url(IConfiguration configuration) =>
        configuration["Management:Url"] ?? (configuration["urls"]?.EndsWith(":0", StringComparison.Ordinal) == true ? AnyPort : Default);

    /// <summary>The port it listens at, once it does: that of the last address.</summary>
    public static int Port(IServiceProvider services) =>
        services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 1 } addresses ? BindingAddress.Parse(addresses.Last()).Port : -1;
}
