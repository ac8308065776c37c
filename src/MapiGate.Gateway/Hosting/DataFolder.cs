using System.Security.AccessControl;
using System.Security.Principal;
using MapiGate.Gateway.Options;

namespace MapiGate.Gateway.Hosting;

/// <summary>The one folder in which the gateway keeps what outlives it.</summary>
internal static class DataFolder
{
    /// <summary>As configured; else what systemd gives by StateDirectory=, or %ProgramData%\MapiGate on Windows; else beside the program.</summary>
    public static string Of(GatewayOptions options) =>
        options.DataDirectory is not "" ? Path.GetFullPath(options.DataDirectory)
        : Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } given ? given.Split(':')[0]
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "MapiGate")
        : Path.Combine(AppContext.BaseDirectory, "data");

    /// <summary>Makes a folder in it, and it where it is missing, which only this account may read.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not make it.</exception>
    public static DirectoryInfo Create(string folder, string name)
    {
        var made = new DirectoryInfo(Path.Combine(folder, name));
        if (OperatingSystem.IsWindows())
        {
            if (!made.Exists)
            {
                var security = new DirectorySecurity();
                security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
                foreach (var account in (IdentityReference[])[new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null), new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null), WindowsIdentity.GetCurrent().User!])
                {
                    security.AddAccessRule(new FileSystemAccessRule(
                        account, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
                }

                Directory.CreateDirectory(folder);
                made.Create(security);
            }
        }
        else
        {
            Directory.CreateDirectory(made.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return made;
    }
}
