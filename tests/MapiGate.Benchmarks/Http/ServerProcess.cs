using System.Diagnostics;
using System.Globalization;

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

    public int Id => _process.Id;

    /// <summary>Bytes that the server has allocated so far, and requests that it has answered.</summary>
    public (long Bytes, long Requests) Allocated()
    {
        _process.StandardInput.WriteLine();
        var answer = _process.StandardOutput.ReadLine()!.Split(' ');
        return (long.Parse(answer[0], CultureInfo.InvariantCulture), long.Parse(answer[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
