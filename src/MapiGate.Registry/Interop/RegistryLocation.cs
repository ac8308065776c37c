using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MapiGate.Registry;

/// <summary>The place of a key below <c>HKEY_LOCAL_MACHINE</c>, whether it exists or not.</summary>
internal sealed record RegistryLocation(string KeyPath)
{
    // A handle is as wide as a pointer; the constant is sign-extended, as in winreg.h.
    private static readonly nint LocalMachine = unchecked((int)0x80000002);

    /// <summary>The keys on the way, from just below the hive down to this one.</summary>
    public IEnumerable<RegistryLocation> Path
    {
        get
        {
            for (var end = KeyPath.IndexOf('\\'); end >= 0; end = KeyPath.IndexOf('\\', end + 1))
            {
                yield return new RegistryLocation(KeyPath[..end]);
            }

            yield return this;
        }
    }

    /// <summary>Opens the key; returns a system error code.</summary>
    [SupportedOSPlatform("windows")]
    public int Open(RegistryAccess access, out SafeRegistryHandle key) =>
        Advapi32.RegOpenKeyEx(LocalMachine, KeyPath, options: 0, access | RegistryAccess.View64, out key);

    /// <summary>The command that writes a text, for a person to run.</summary>
    public string CommandToWrite(string valueName, string text) =>
        $"reg add \"HKLM\\{KeyPath}\" /v \"{valueName}\" /t REG_SZ /d \"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\" /f /reg:64";

    public override string ToString() => $@"HKEY_LOCAL_MACHINE\{KeyPath}";
}
