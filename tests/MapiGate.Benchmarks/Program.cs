using BenchmarkDotNet.Running;
using MapiGate.Benchmarks;

switch (args)
{
    case ["--summary", .. var groups]:
        return SummaryRun.Run(Console.Out, groups);
    case ["--serve", var kind]:
        await ExecuteServer.RunAsync(isGated: kind == "gated");
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Crowd).Assembly).Run(args);
        return 0;
}
