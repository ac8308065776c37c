using MapiGate.EndToEnd.Tests.CommandLine;
using MapiGate.EndToEnd.Tests.Processes;

namespace MapiGate.EndToEnd.Tests.Docs;

/// <summary>The story in docs/management.md, as it stands there, by a shell against the store-service host.</summary>
public class ManagementDocumentTests
{
    [Fact]
    public async Task TheStory_Runs_AndPrintsWhatStandsThere()
    {
        var document = Document.Read("management.md");
        using var host = await StoreHost.StartAsync();
        using var old = host.Client("--process", "OUTLOOK.EXE", "--client-version", "16.0.15000.1");
        using var current = host.Client("--process", "OUTLOOK.EXE", "--user", "johndoe");
        await old.WaitForAsync("mailboxOpen");
        await current.WaitForAsync("mailboxOpen");

        var shown = await RunAsync(host, document.Blocks("sh")[0]);
        var ordered = await RunAsync(host, string.Concat(document.Blocks("sh").Take(3)));

        Lines(document.Blocks("text")[0]).Should().BeSubsetOf(Lines(shown));
        old.Events.Should().Contain(line => line.Event == "refused");
        ordered.Should().Contain("1 of 2 sessions disconnected").And.Contain("INC-4711").And.Contain("not mended after all").And.Contain("In force in 1 of 1 gates");
        await current.WaitForCountAsync("mailboxOpen", 2);
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0);

    private static async Task<string> RunAsync(StoreHost host, string commands)
    {
        // What differs on every machine: where the program is, the port, and where the tokens stand.
        var here = $"mapigate() {{ dotnet {Sample.Mapigate} \"$@\"; }}\n" + commands
            .Replace("http://127.0.0.1:8026/mapigate", host.ManagementUrl, StringComparison.Ordinal)
            .Replace("policy.json", Path.Combine(Path.GetDirectoryName(host.TokenFile)!, "policy.json"), StringComparison.Ordinal)
            .Replace("samples/StoreServiceHost/mapigate.tokens.json", host.TokenFile, StringComparison.Ordinal);

        var run = await Mapigate.RunAsync(host, "bash", ["-e", "-o", "pipefail", "-c", here]);
        return run.ShouldEndWith(0).Output;
    }
}
