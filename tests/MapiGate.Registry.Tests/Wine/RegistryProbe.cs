using System.Diagnostics;
using System.Text.Json;
using MapiGate.TestSupport;

namespace MapiGate.Registry.Tests.Wine;

/// <summary>The probe, running under Wine: see MapiGate.Registry.Probe.</summary>
internal sealed class RegistryProbe : IAsyncDisposable
{
    private readonly Process _process;
    private bool _isDisposed;

    public RegistryProbe(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
    }

    /// <summary>The next line it writes.</summary>
    /// <exception cref="EndOfStreamException">It ended without a word.</exception>
    public async Task<ProbeLine> NextAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync().WithinBounds();
        if (line?.StartsWith('{') == true)
        {
            return JsonSerializer.Deserialize<ProbeLine>(line)!;
        }

        var said = $"{line}{await _process.StandardOutput.ReadToEndAsync().WithinBounds()}{await _process.StandardError.ReadToEndAsync().WithinBounds()}";
        throw said.Length > 0 ? new InvalidOperationException($"The probe says: {said}") : new EndOfStreamException("The probe ended without a word.");
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
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        var lines = new List<ProbeLine>();
        do
        {
            lines.Add(await NextAsync());
        }
        while (lines[^1].Event != "done");

        return lines;
    }

    /// <summary>Sends a command and returns its answer or, when that does not match, the first line thereafter that does.</summary>
    public async Task<ProbeLine> SendAndWaitForAsync(string command, Func<ProbeLine, bool> match)
    {
        var answer = (await SendAsync(command))[^1];
        return match(answer) ? answer : await NextAsync(match);
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
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WithinBounds();
        }
        finally
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }
    }
}
