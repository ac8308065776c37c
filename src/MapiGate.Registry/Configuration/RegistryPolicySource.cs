using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;

namespace MapiGate.Registry;

[SupportedOSPlatform("windows")]
internal sealed class RegistryPolicySource(RegistryPolicyOptions options) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new RegistryPolicyProvider(options);
}
