using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Hosting;

[SupportedOSPlatform("linux")]
public sealed class SystemdTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("systemd-").FullName;

    private static string Unit => Path.Combine(BuiltProgram.GatewayFolder, "mapigate.service");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheServiceManager_IsToldWhenTheGatewayStands_AndItsStateDirectoryIsUsed()
    {
        var address = Path.Combine(_folder, "notify");
        var state = Path.Combine(_folder, "state");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(address));

        // A service is known by the name of its parent; the shell stays for that, since its command is not its last.
        var parent = Path.Combine(_folder, "systemd");
        File.CreateSymbolicLink(parent, "/bin/sh");
        var start = new ProcessStartInfo(parent, ["-c", "\"$@\"; exit", "sh", "dotnet", BuiltProgram.Gateway,
            "--contentRoot", _folder, "--Gateway:Server", "http://127.0.0.1:1", "--Gateway:Listen", "http://127.0.0.1:0", "--Gateway:Management", ""]);
        start.Environment["NOTIFY_SOCKET"] = address;
        start.Environment["STATE_DIRECTORY"] = state;
        using var gateway = new ChildProcess(start);

        var buffer = new byte[256];
        var length = await manager.ReceiveAsync(buffer.AsMemory()).AsTask().WithinBounds();
        Encoding.UTF8.GetString(buffer, 0, length).Should().Contain("READY=1");
        Directory.GetFiles(Path.Combine(state, "keys")).Should().NotBeEmpty();
        File.GetUnixFileMode(Path.Combine(state, "keys")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [SkippableFact]
    public async Task TheUnitFile_IsOneThatSystemdTakes()
    {
        Skip.IfNot(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed (apt-get install systemd)");

        // It wants the program to be there.
        var program = Path.Combine(_folder, "program");
        await File.WriteAllTextAsync(program, "");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var unit = Path.Combine(_folder, "mapigate.service");
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(Unit)).Replace("/opt/mapigate/MapiGate.Gateway", program, StringComparison.Ordinal));

        using var verify = new ChildProcess(new ProcessStartInfo("systemd-analyze", ["verify", "--man=no", unit]));

        (await verify.WaitForExitAsync()).Should().Be(0);
        verify.Lines.Where(line => line.Contains("mapigate", StringComparison.Ordinal)).Should().BeEmpty();
    }
}
