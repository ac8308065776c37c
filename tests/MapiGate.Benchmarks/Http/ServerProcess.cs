using System.Diagnostics;

namespace MapiGate.Benchmarks;

/// <summary>An <see cref="ExecuteServer"/> in a process of its own, which ends with this one.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    public ServerProcess(bool isGated)
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--serve", isGated ? "gated" : "plain"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Endpoint = new Uri(new Uri(_process.StandardOutput.ReadLine()!), ExecuteServer.Path);
    }

    public Uri Endpoint { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
