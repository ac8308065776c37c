using MapiGate.Gateway.Options;

namespace MapiGate.Gateway.Hosting;

/// <summary>The one folder in which the gateway keeps what outlives it.</summary>
internal static class DataFolder
{
    /// <summary>As configured; else what systemd gives by StateDirectory=, or %ProgramData%\MapiGate on Windows; else <see langword="null"/>.</summary>
    public static string? Of(GatewayOptions options) =>
        options.DataDirectory is not "" ? Path.GetFullPath(options.DataDirectory)
        : Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } given ? given.Split(':')[0]
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "MapiGate")
        : null;
}
