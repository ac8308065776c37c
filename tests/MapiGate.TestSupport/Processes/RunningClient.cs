using System.Text.Json;

namespace MapiGate.TestSupport.Processes;

/// <summary>The sample client in a process of its own.</summary>
public sealed class RunningClient(string url, params string[] arguments) : IDisposable
{
    private readonly ChildProcess _process = new(BuiltProgram.Sample("MapiClient"), ["--url", url, "--json", .. arguments]);

    public IEnumerable<ClientLine> Events => _process.Lines.Select(Parse).OfType<ClientLine>();

    public async Task<ClientLine> WaitForAsync(string happened) =>
        Parse(await _process.WaitForLineAsync(line => Parse(line)?.Event == happened))!;

    /// <summary>Waits until so many of the client's sessions have a mailbox open.</summary>
    public Task WaitForMailboxesAsync(int count) => WaitForCountAsync("mailboxOpen", count);

    /// <summary>Waits until something has happened so often.</summary>
    public Task WaitForCountAsync(string happened, int count) => _process.WaitForCountAsync($"\"event\":\"{happened}\"", count);

    public Task<int> WaitForExitAsync() => _process.WaitForExitAsync();

    public void Dispose() => _process.Dispose();

    private static ClientLine? Parse(string line) =>
        line.StartsWith('{') ? JsonSerializer.Deserialize<ClientLine>(line, JsonSerializerOptions.Web) : null;
}
