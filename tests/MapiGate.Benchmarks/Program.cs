using BenchmarkDotNet.Running;
using MapiGate.Benchmarks;

switch (args)
{
    case ["--summary", .. var groups]:
        return SummaryRun.Run(Console.Out, groups);
    case ["--gateway", .. var size]:
        return ProxyComparison.Run(Console.Out, size);
    case ["--serve", "forwarder", var server]:
        await BareForwarder.RunAsync(server);
        return 0;
    case ["--serve", var kind]:
        await ExecuteServer.RunAsync(isGated: kind == "gated");
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Crowd).Assembly).Run(args);
        return 0;
}
