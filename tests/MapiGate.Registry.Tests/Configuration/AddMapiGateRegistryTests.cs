using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;

namespace MapiGate.Registry.Tests.Configuration;

/// <summary>The call where there is no registry.</summary>
public sealed class AddMapiGateRegistryTests
{
    [SkippableFact]
    public void ElsewhereThanOnWindows_TheCall_SaysWhatToDoInstead()
    {
        Skip.If(OperatingSystem.IsWindows(), "This is Windows.");

#pragma warning disable CA1416 // The warning that a caller gets, and that this test goes against.
        var add = () => new ConfigurationBuilder().AddMapiGateRegistry();
#pragma warning restore CA1416

        add.Should().Throw<PlatformNotSupportedException>()
            .WithMessage("AddMapiGateRegistry reads the Windows registry, and this is not Windows. Call it only if OperatingSystem.IsWindows()*");
    }

    [Fact]
    public void TheCall_IsMarkedForWindows_SoThatTheCompilerWarnsElsewhere()
    {
        var method = typeof(MapiGateRegistryConfigurationBuilderExtensions).GetMethod("AddMapiGateRegistry")!;

        method.GetCustomAttributes(typeof(SupportedOSPlatformAttribute), inherit: false)
            .Should().ContainSingle().Which.Should().BeEquivalentTo(new { PlatformName = "windows" });
    }
}
