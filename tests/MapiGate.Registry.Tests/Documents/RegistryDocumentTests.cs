using System.Text;
using System.Text.RegularExpressions;
using MapiGate.Registry.Tests.Wine;

namespace MapiGate.Registry.Tests.Documents;

/// <summary>What docs/registry.md tells an administrator to run, run as it stands there.</summary>
public sealed class RegistryDocumentTests(WineSetup wine) : RegistryTest(wine)
{
    [SkippableFact]
    public async Task TheCommands_BlockAndLetInAgain()
    {
        var (probe, _) = await StartProbeAsync();
        var blocks = ReadBlocks("bat");
        blocks.Should().HaveCount(2);

        await Administrator.RunBatchAsync(blocks[0]);
        (await probe.NextAsync()).Processes.Should().Be("program1.exe; program2.exe");
        await Administrator.RunBatchAsync(blocks[1]);
        (await probe.NextAsync()).Processes.Should().BeNull();
    }

    [SkippableFact]
    public async Task TheRegFile_WritesBothValues()
    {
        var (probe, _) = await StartProbeAsync();

        await Administrator.ImportAsync(ReadBlocks("reg").Should().ContainSingle().Which);

        var line = await probe.NextAsync(line => line.Clients is not null);
        line.Processes.Should().Be("program1.exe; program2.exe");
        line.Clients.Should().Be("-5.3164.0.0");
    }

    private static List<string> ReadBlocks(string language)
    {
        var document = File.ReadAllText(Path.Combine(WineSetup.Repository, "docs", "registry.md"), Encoding.UTF8);
        return [.. Regex.Matches(document, $"^```{language}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
    }
}
