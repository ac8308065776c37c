using MapiGate;
using MapiGate.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures how the gate stands in front of MAPI/HTTP.</summary>
public static class MapiGateHttpBuilderExtensions
{
    /// <summary>Sets <see cref="MapiGateHttpOptions"/> where the defaults don't suit; they are checked when the host starts.</summary>
    /// <param name="builder">What <c>AddMapiGate</c> returned.</param>
    /// <param name="configure">Sets the options.</param>
    public static IMapiGateBuilder AddHttp(this IMapiGateBuilder builder, Action<MapiGateHttpOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<MapiGateHttpOptions>().Configure(configure).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MapiGateHttpOptions>, MapiGateHttpOptionsValidator>());
        return builder;
    }
}
