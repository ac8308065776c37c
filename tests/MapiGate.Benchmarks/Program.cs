using BenchmarkDotNet.Running;
using MapiGate.Benchmarks;

if (args is ["--summary", .. var groups])
{
    return SummaryRun.Run(Console.Out, groups);
}

BenchmarkSwitcher.FromAssembly(typeof(Crowd).Assembly).Run(args);
return 0;
