using System.Diagnostics;

namespace MapiGate.Tests.Configuration;

/// <summary>A folder that something is mounted on, until it is disposed.</summary>
internal sealed class Mounted : IDisposable
{
    private readonly string _place;

    private Mounted(string place, params string[] arguments)
    {
        _place = place;
        Skip.If(OperatingSystem.IsWindows() || Run("mount", [.. arguments, place]) != 0, "This test mounts file systems: run it as root, in a container that may.");
    }

    /// <summary>A small disk.</summary>
    public static Mounted Disk(string folder, string size) => new(folder, "-t", "tmpfs", "-o", $"size={size}", "tmpfs");

    /// <summary>A file in place of another, as containers mount a single file.</summary>
    public static Mounted File(string path, string other) => new(path, "--bind", other);

    public void MakeReadOnly() => Run("mount", ["-o", "remount,ro", _place]).Should().Be(0);

    public void Dispose() => Run("umount", [_place]);

    private static int Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
