using System.Runtime.Versioning;
using MapiGate;
using MapiGate.Registry;

namespace Microsoft.Extensions.Configuration;

/// <summary>Adds the Windows registry to a configuration.</summary>
public static class MapiGateRegistryConfigurationBuilderExtensions
{
    /// <summary>
    /// Adds the registry values <c>Disable MAPI Client Processes</c> and <c>Disable MAPI Clients</c> as
    /// <c>MapiGate:DisableMapiClientProcesses</c> and <c>MapiGate:DisableMapiClients</c>, and follows them as they change.
    /// They win over every source added before.
    /// </summary>
    /// <remarks>
    /// A missing key or value is no value. One that cannot be read, is no text, or has more than 32,767 characters leaves what was
    /// last read of it, and the gate's <see cref="Gatekeeper.Status"/> says what is wrong until it is repaired; oddities that
    /// change nothing are findings.
    /// </remarks>
    /// <param name="builder">The configuration to add to.</param>
    /// <param name="configure">Changes where and how the registry is read. Default: as Exchange Server 2003 did.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Windows.</exception>
    /// <exception cref="ArgumentException">An option cannot be used; the message names it.</exception>
    [SupportedOSPlatform("windows")]
    public static IConfigurationBuilder AddMapiGateRegistry(this IConfigurationBuilder builder, Action<RegistryPolicyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException(
                $"{nameof(AddMapiGateRegistry)} reads the Windows registry, and this is not Windows. "
                + "Call it only if OperatingSystem.IsWindows(), and use another configuration source elsewhere, such as appsettings.json.");
        }

        var options = new RegistryPolicyOptions();
        configure?.Invoke(options);
        RegistryPolicyOptionsValidator.ThrowIfInvalid(options);
        return builder.Add(new RegistryPolicySource(options));
    }
}
