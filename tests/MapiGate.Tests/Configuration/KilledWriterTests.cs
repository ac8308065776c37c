using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Configuration;

public class KilledWriterTests
{
    // Each starts a process. MAPIGATE_KILLS asks for more.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("MAPIGATE_KILLS") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Writer_KilledAtAnyMoment_LeavesAWholeDocument_AndAHistoryThatKnowsIt()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(4711);
        for (var i = 0; i < Kills; i++)
        {
            var last = await RunAndKillAsync(Path.Combine(folder.Path, "mapigate.policy.json"), random);

            using var gate = new StoredGate(folder.Path);
            gate.Gatekeeper.Status.Error.Should().BeNull();
            var now = await gate.Store.ReadAsync();
            var history = await gate.Store.HistoryAsync();
            history[0].Version.Should().Be(now.Version);
            history.Should().OnlyContain(entry => entry.Author == "writer", "no write that was killed looks like an edit by hand");

            // What returned is there: the document, or the history of one written after it.
            history.Select(entry => entry.Version).Should().Contain(last);
        }
    }

    private static async Task<string> RunAndKillAsync(string file, Random random)
    {
        var program = typeof(KilledWriterTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "StoreWriter").Value!;
        var start = new ProcessStartInfo("dotnet", [program, file]) { RedirectStandardOutput = true };

        // A process that is killed leaves the pipes of its diagnostics behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        var last = string.Empty;
        for (var writes = random.Next(1, 12); writes > 0; writes--)
        {
            last = (await process.StandardOutput.ReadLineAsync().WithinBounds()) ?? throw new InvalidOperationException("The writer ended by itself.");
        }

        Thread.SpinWait(random.Next(0, 200_000));
        process.Kill();
        await process.WaitForExitAsync().WithinBounds();
        while (await process.StandardOutput.ReadLineAsync() is { Length: > 32 } rest && rest.StartsWith("Written ", StringComparison.Ordinal) && rest.Length == last.Length)
        {
            last = rest;
        }

        return last.Split(' ')[1];
    }
}
