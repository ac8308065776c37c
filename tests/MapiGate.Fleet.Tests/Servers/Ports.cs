using System.Net;
using System.Net.Sockets;

namespace MapiGate.Fleet.Tests.Servers;

internal static class Ports
{
    /// <summary>So many ports that nobody listened at a moment ago, each another.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
