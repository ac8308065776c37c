using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace MapiGate.Fleet.Tests.Processes;

/// <summary>
/// A network of a gate's own, as containers have it, with two links to this machine: by one it reaches the fleet's servers, by
/// the other it is knocked at. While the first is down packets vanish, and no end is told.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    // Addresses for measurements, in no real network; each run of the tests has others.
    private static readonly string Prefix = string.Create(CultureInfo.InvariantCulture, $"198.18.{Environment.ProcessId % 256}.");

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"mg{Environment.ProcessId}");

    public NetworkNamespace()
    {
        Run($"netns add {_name}");
        AddLink($"{_name}s", Servers, IPAddress.Parse($"{Prefix}2"));
        AddLink($"{_name}g", IPAddress.Parse($"{Prefix}5"), Gate);
    }

    /// <summary>Where it reaches the fleet's servers, by the link that can be taken down.</summary>
    public static IPAddress Servers { get; } = IPAddress.Parse($"{Prefix}1");

    /// <summary>Where the gate is reached, by the link that stays.</summary>
    public IPAddress Gate { get; } = IPAddress.Parse($"{Prefix}6");

    public static void SkipIfNotAllowed()
    {
        using var probe = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "ip netns add mg$$ && ip netns delete mg$$"]) { RedirectStandardError = true })!;
        probe.WaitForExit();
        Skip.IfNot(probe.ExitCode == 0, "This test gives a gate a network of its own: apt-get install iproute2, and run it as root.");
    }

    /// <summary>How to start a program inside.</summary>
    public static ProcessStartInfo Start(NetworkNamespace? within, string program, IEnumerable<string> arguments) =>
        within is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("ip", ["netns", "exec", within._name, program, .. arguments]);

    /// <summary>Takes the link to the servers down, or up again.</summary>
    public void SetLink(bool isUp) => Run($"link set {_name}s {(isUp ? "up" : "down")}");

    public void Dispose() => Run($"netns delete {_name}");

    private void AddLink(string name, IPAddress here, IPAddress there)
    {
        Run($"link add {name} type veth peer name {name}p netns {_name}");
        Run($"address add {here}/30 dev {name}");
        Run($"link set {name} up");
        Run($"-n {_name} address add {there}/30 dev {name}p");
        Run($"-n {_name} link set {name}p up");
    }

    private static void Run(string arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var error = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        ip.ExitCode.Should().Be(0, "ip {0}: {1}", arguments, error);
    }
}
