using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MapiGate.Registry;

/// <summary>
/// The calls themselves. <c>Microsoft.Win32.RegistryKey</c> will not do: it answers every failure but "access denied" as
/// if the key or the value did not exist, and a policy that cannot be read would become one that lets everybody in.
/// </summary>
/// <remarks>Each returns a system error code, 0 for success: see <see cref="Win32Error"/>.</remarks>
[SupportedOSPlatform("windows")]
internal static partial class Advapi32
{
    private const string Library = "advapi32.dll";

    [LibraryImport(Library, EntryPoint = "RegOpenKeyExW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial int RegOpenKeyEx(nint key, string subKey, uint options, RegistryAccess access, out SafeRegistryHandle result);

    [LibraryImport(Library, EntryPoint = "RegQueryValueExW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial int RegQueryValueEx(SafeRegistryHandle key, string valueName, nint reserved, out RegistryType type, Span<byte> data, ref int dataSize);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial int RegNotifyChangeKeyValue(
        SafeRegistryHandle key,
        [MarshalAs(UnmanagedType.Bool)] bool watchSubtree,
        RegistryChanges changes,
        SafeWaitHandle changed,
        [MarshalAs(UnmanagedType.Bool)] bool asynchronous);
}
