using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Microsoft.Win32;

namespace MapiGate.Registry.Probe;

/// <summary>The administrator's hand, for what the reg command cannot do.</summary>
[SupportedOSPlatform("windows")]
internal sealed class RegistryHand(string keyPath)
{
    private static readonly SecurityIdentifier Everyone = new(WellKnownSidType.WorldSid, null);

    /// <summary>Takes one right on the key away from everyone; <see langword="null"/> gives all back.</summary>
    public void Deny(RegistryRights? right)
    {
        using var hive = RegistryKey.OpenBaseKey(RegistryHive.LocalMachine, RegistryView.Registry64);
        using var key = hive.OpenSubKey(keyPath, RegistryKeyPermissionCheck.ReadWriteSubTree, RegistryRights.ChangePermissions)!;
        var security = new RegistrySecurity();
        security.AddAccessRule(new RegistryAccessRule(Everyone, RegistryRights.FullControl, AccessControlType.Allow));
        if (right is { } denied)
        {
            security.AddAccessRule(new RegistryAccessRule(Everyone, denied, AccessControlType.Deny));
        }

        key.SetAccessControl(security);
    }

    /// <summary>Writes the value, with no other right than that.</summary>
    public void Write(string text) => Write([text]);

    /// <summary>Changes the value so often, as fast as it goes: the last text is <c>program{count}.exe</c>.</summary>
    public void Burst(int count) => Write(Enumerable.Range(1, count).Select(i => $"program{i}.exe"));

    private void Write(IEnumerable<string> texts)
    {
        using var hive = RegistryKey.OpenBaseKey(RegistryHive.LocalMachine, RegistryView.Registry64);
        using var key = hive.OpenSubKey(keyPath, RegistryKeyPermissionCheck.ReadWriteSubTree, RegistryRights.SetValue)!;
        foreach (var text in texts)
        {
            key.SetValue("Disable MAPI Client Processes", text, RegistryValueKind.String);
        }
    }
}
