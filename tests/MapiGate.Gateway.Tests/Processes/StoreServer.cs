using System.Text.RegularExpressions;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Processes;

/// <summary>The sample host as the server behind, in a process of its own: it knows of no policy.</summary>
internal sealed partial class StoreServer : IDisposable
{
    private readonly ChildProcess _process;

    private StoreServer(int port) => _process = new ChildProcess(
        BuiltProgram.Sample("StoreServiceHost"), "--contentRoot", BuiltProgram.SampleFolder("StoreServiceHost"), "--urls", $"http://127.0.0.1:{port}", "--Management:Url", "", "--Contexts:PendingPeriod", "00:00:01",
        "--Logging:LogLevel:StoreServiceHost", "Information");

    public Uri Url { get; private set; } = null!;

    public static async Task<StoreServer> StartAsync(int port = 0)
    {
        var server = new StoreServer(port);
        server.Url = new Uri(Address().Match(await server._process.WaitForLineAsync("Listening at")).Value);
        return server;
    }

    public Task<string> WaitForLineAsync(string part) => _process.WaitForLineAsync(part);

    public Task WaitForCountAsync(string part, int count) => _process.WaitForCountAsync(part, count);

    /// <summary>Kills the process as kill -9 does.</summary>
    public void Dispose() => _process.Dispose();

    [GeneratedRegex(@"http://[\d.:]+")]
    private static partial Regex Address();
}
