using System.Runtime.InteropServices;

namespace MapiGate.Packages.Tests.Repository;

/// <summary>The runtime of this machine, as <c>dotnet publish --runtime</c> names it.</summary>
internal static class ThisRuntime
{
    public static string Name => (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
}
