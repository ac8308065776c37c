using System.ComponentModel;
using System.Globalization;

namespace MapiGate.Benchmarks;

/// <summary>The gateway among other proxies before one server: the same Execute requests through each in turn, round by round.</summary>
internal static class ProxyComparison
{
    private const int Rounds = 21;
    private const double Goal = 0.95;
    private static readonly int[] Waits = [2_000, 10_000];

    /// <param name="output">Where to print.</param>
    /// <param name="size">None for all that the document shows; else the rounds and numbers of long polls, to see whether it runs, and no goal has to be met.</param>
    /// <returns>The exit code.</returns>
    public static int Run(TextWriter output, string[] size)
    {
        int[] numbers = [.. size.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        try
        {
            var ratio = Compare(output, numbers is [var rounds, ..] ? rounds : Rounds);
            IdleWaits.Measure(output, numbers.Length > 0 ? numbers[1..] : Waits);
            return ratio >= Goal || numbers.Length > 0 ? 0 : 1;
        }
        catch (Win32Exception)
        {
            output.WriteLine("This needs wrk, nginx and haproxy: apt-get install wrk nginx haproxy");
            return 1;
        }
    }

    private static double Compare(TextWriter output, int rounds)
    {
        using var server = new ServerProcess(isGated: false);
        using var nginx = Proxy.Nginx(server.Endpoint);
        using var haProxy = Proxy.HaProxy(server.Endpoint);
        using var forwarder = Proxy.Forwarder(server.Endpoint);
        using var gateway = Proxy.Gateway(server.Endpoint);
        using var direct = new ExecuteLoad(server.Endpoint);
        Proxy[] proxies = [haProxy, nginx, forwarder, gateway];
        ExecuteLoad[] loads = [.. proxies.Select(static proxy => new ExecuteLoad(proxy.Endpoint))];
        ProxyRun[] runs =
        [
            new("the server, direct", () => Proxy.ProcessorTimeOf([server.Id]), direct),
            .. proxies.Zip(loads, static (proxy, load) => new ProxyRun(proxy.Name, () => proxy.ProcessorTime, load)),
        ];
        foreach (var run in runs)
        {
            run.WarmUp();
        }

        for (var round = 0; round < rounds; round++)
        {
            // Each goes first as often as the others.
            for (var turn = 0; turn < runs.Length; turn++)
            {
                runs[(round + turn) % runs.Length].Measure();
            }
        }

        Array.ForEach(loads, static load => load.Dispose());
        return Write(output, runs);
    }

    private static double Write(TextWriter output, ProxyRun[] runs)
    {
        var (direct, floor) = (runs[0], runs[^2]);
        output.WriteLine("| an Execute through      | requests a second | to direct | to the bare forwarder | 99th percentile | to the bare forwarder | processor time a request |");
        output.WriteLine("|-------------------------|------------------:|----------:|----------------------:|----------------:|----------------------:|-------------------------:|");
        foreach (var run in runs)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {run.Name,-23} | {Pairs.Median(run.Rates),17:0} | {ProxyRun.Ratio(run.Rates, direct.Rates),9:0.00} | {ProxyRun.Ratio(run.Rates, floor.Rates),21:0.00} | {Figure.Time(Pairs.Median(run.Slowest)),15} | {ProxyRun.Ratio(run.Slowest, floor.Slowest),21:0.00} | {Figure.Time(Pairs.Median(run.Processor)),24} |"));
        }

        var ratio = ProxyRun.Ratio(runs[^1].Rates, floor.Rates);
        output.WriteLine($"the gateway to the bare forwarder: {Figure.Ratio(ratio)}, goal ≥ {Figure.Ratio(Goal)}: {(ratio >= Goal ? "met" : "NOT met")}");
        return ratio;
    }
}
