using System.Diagnostics;
using System.Globalization;

namespace MapiGate.TestSupport.Processes;

/// <summary>A program in a process of its own, whose lines a test can wait for. It ends with the test.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChildProcess(string program, params string[] arguments)
        : this(new ProcessStartInfo("dotnet", [program, .. arguments]))
    {
    }

    public ChildProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // A process that is killed leaves the pipes of its diagnostics behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>How much memory the process holds.</summary>
    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The first line that matches, from the given one on, waited for if it has not been printed yet.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> match, int from = 0)
    {
        while (true)
        {
            Task added;
            lock (_lock)
            {
                if (_lines.Skip(from).FirstOrDefault(match) is { } line)
                {
                    return line;
                }

                added = _added.Task;
            }

            try
            {
                await added.WithinBounds();
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"The line did not come. What came:{Environment.NewLine}{string.Join(Environment.NewLine, Lines)}");
            }
        }
    }

    public Task<string> WaitForLineAsync(string part, int from = 0) => WaitForLineAsync(line => line.Contains(part, StringComparison.Ordinal), from);

    /// <summary>Waits until so many lines with this text have been printed.</summary>
    public async Task WaitForCountAsync(string part, int count)
    {
        var (seen, found) = (0, 0);
        while (true)
        {
            Task added;
            lock (_lock)
            {
                for (; seen < _lines.Count; seen++)
                {
                    found += _lines[seen].Contains(part, StringComparison.Ordinal) ? 1 : 0;
                }

                if (found >= count)
                {
                    return;
                }

                added = _added.Task;
            }

            await added.WithinBounds();
        }
    }

    /// <summary>Ctrl+C.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WithinBounds();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource added;
        lock (_lock)
        {
            _lines.Add(line);
            added = _added;
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        added.SetResult();
    }
}
