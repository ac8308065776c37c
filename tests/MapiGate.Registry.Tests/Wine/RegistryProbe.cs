using System.Diagnostics;
using System.Text.Json;
using MapiGate.TestSupport;

namespace MapiGate.Registry.Tests.Wine;

/// <summary>The probe, running under Wine: see MapiGate.Registry.Probe.</summary>
internal sealed class RegistryProbe(Process process) : IAsyncDisposable
{
    private bool _isDisposed;

    /// <summary>The next line it writes.</summary>
    public async Task<ProbeLine> NextAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync().WithinBounds();
        return line?.StartsWith('{') == true
            ? JsonSerializer.Deserialize<ProbeLine>(line)!
            : throw new InvalidOperationException($"The probe says: {line}{await process.StandardOutput.ReadToEndAsync().WithinBounds()}{await process.StandardError.ReadToEndAsync().WithinBounds()}");
    }

    /// <summary>The first line from here on that matches.</summary>
    public async Task<ProbeLine> NextAsync(Func<ProbeLine, bool> match)
    {
        while (true)
        {
            var line = await NextAsync();
            if (match(line))
            {
                return line;
            }
        }
    }

    /// <summary>Sends a command and returns what was written up to and including its answer.</summary>
    public async Task<IReadOnlyList<ProbeLine>> SendAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        await process.StandardInput.FlushAsync();
        var lines = new List<ProbeLine>();
        do
        {
            lines.Add(await NextAsync());
        }
        while (lines[^1].Event != "done");

        return lines;
    }

    /// <summary>Closes its standard input, at which it ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WithinBounds();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
}
