using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Configuration;

/// <summary>What a kill cannot prove: that a write is brought to the disk, and in which order.</summary>
public partial class DurableWriteTests
{
    [SkippableFact]
    public async Task Write_IsSynced_Renamed_AndItsFolderSynced_InThisOrder()
    {
        Skip.IfNot(File.Exists("/usr/bin/strace"), "This test watches system calls: apt-get install strace.");
        using var policy = new TemporaryFolder();
        using var traces = new TemporaryFolder();
        var (folder, trace) = (policy.Path, Path.Combine(traces.Path, "trace"));
        var file = Path.Combine(folder, "mapigate.policy.json");
        var program = typeof(DurableWriteTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "StoreWriter").Value!;

        using var writer = Process.Start("strace", ["-f", "-y", "-qq", "-e", "trace=pwrite64,write,fsync,fdatasync,rename", "-o", trace, "dotnet", program, file, "1"]);
        await writer.WaitForExitAsync().WithinBounds();

        writer.ExitCode.Should().Be(0);
        var calls = (await File.ReadAllLinesAsync(trace)).Select(line => Call().Match(line)).Where(call => call.Success && call.Value.Contains(folder, StringComparison.Ordinal))
            .Select(call => $"{call.Groups["name"].Value} {call.Groups["path"].Value}").ToList();
        var document = calls.SkipWhile(call => !call.EndsWith($"write64 {file}.new", StringComparison.Ordinal)).Take(4);
        document.Should().Equal($"pwrite64 {file}.new", $"fsync {file}.new", $"rename {file}.new", $"fsync {folder}");
    }

    [GeneratedRegex("""(?<name>\w+)\((\d+<(?<path>[^>]+)>|"(?<path>[^"]+)").*""")]
    private static partial Regex Call();
}
