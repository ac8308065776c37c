using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MapiGate.Protocol;

namespace MapiGate.Benchmarks;

/// <summary>What a long poll costs in memory while nothing happens: each of a session and a connection of its own.</summary>
internal static class IdleWaits
{
    private const int AtOnce = 64;

    public static void Measure(TextWriter output, int[] counts)
    {
        foreach (var count in counts.Select(count => Math.Min(count, Most())))
        {
            using var server = new ServerProcess(isGated: false);
            using var forwarder = Proxy.Forwarder(server.Endpoint);
            using var gateway = Proxy.Gateway(server.Endpoint);
            var (floor, ours) = (Each(forwarder, count), Each(gateway, count));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count:#,0} idle long polls, memory for each: gateway {ours / 1024:0.0} KiB, bare forwarder {floor / 1024:0.0} KiB; the gateway with them {gateway.ResidentBytes / (1024 * 1024)} MB"));
        }
    }

    // A proxy has two sockets for each.
    private static int Most()
    {
        var line = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        return int.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4], CultureInfo.InvariantCulture, out var files) ? (files - 500) / 2 : int.MaxValue;
    }

    private static double Each(Proxy proxy, int count)
    {
        // Some first, so that what is made once is made.
        var first = Open(proxy.Endpoint, AtOnce);
        var before = proxy.ResidentBytes;
        var waits = Open(proxy.Endpoint, count);
        var each = (double)(proxy.ResidentBytes - before) / count;
        Array.ForEach([.. first, .. waits], static wait => wait.Dispose());
        return each;
    }

    private static Socket[] Open(Uri endpoint, int count)
    {
        var waits = new Socket[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, number => waits[number] = Wait(endpoint, ExecuteLoad.Connect(endpoint)));
        return waits;
    }

    private static Socket Wait(Uri endpoint, string cookies)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(endpoint.Host, endpoint.Port);
        var body = new NotificationWaitRequest().ToArray();
        socket.Send(Encoding.ASCII.GetBytes(
            $"POST {endpoint.AbsolutePath} HTTP/1.1\r\nHost: {endpoint.Authority}\r\nContent-Length: {body.Length}\r\nContent-Type: {MapiHttpContentType.Mapi}\r\n"
            + $"{MapiHttpHeaders.RequestType}: {MapiHttpRequestTypes.NotificationWait}\r\n{MapiHttpHeaders.RequestId}: 1\r\nCookie: {cookies}\r\n\r\n"));
        socket.Send(body);
        var answer = new StringBuilder();
        var buffer = new byte[1024];
        while (!answer.ToString().Contains("PROCESSING", StringComparison.Ordinal))
        {
            var read = socket.Receive(buffer);
            if (read == 0)
            {
                throw new InvalidOperationException(answer.ToString());
            }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return socket;
    }
}
