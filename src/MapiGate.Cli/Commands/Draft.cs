using System.Diagnostics;

namespace MapiGate.Cli;

/// <summary>A document in a file, while somebody edits it. What could not be written is kept: it may have cost an hour.</summary>
internal sealed class Draft : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mapigate-");
    private readonly string _file;
    private bool _isKept;

    public Draft(string document)
    {
        _file = Path.Combine(_folder.FullName, "mapigate.policy.json");
        File.WriteAllText(_file, document);
    }

    public string Read() => File.ReadAllText(_file);

    /// <summary>Opens the editor, and waits until it is closed. EDITOR may be a command with arguments.</summary>
    public async Task EditAsync(CancellationToken cancellationToken)
    {
        var editor = Environment.GetEnvironmentVariable("EDITOR");
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(editor ?? "notepad", [_file]) : new ProcessStartInfo("/bin/sh", ["-c", $"{editor ?? "vi"} \"$1\"", "sh", _file]);
        try
        {
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new CommandFailed(ExitCode.NotConfirmed, $"The editor ended with {process.ExitCode}; nothing was changed.");
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new CommandFailed(ExitCode.Usage, $"EDITOR cannot be started: {e.Message}");
        }
    }

    public async Task<int> KeepUnlessWrittenAsync(Func<Task<int>> write)
    {
        try
        {
            var ended = await write();
            _isKept = ended is ExitCode.NotConfirmed;
            return ended;
        }
        catch (CommandFailed failed)
        {
            _isKept = true;
            throw new CommandFailed(failed.ExitCode, $"{failed.Message}{Environment.NewLine}What you wrote is kept in {_file}.");
        }
    }

    public void Dispose()
    {
        if (!_isKept)
        {
            _folder.Delete(recursive: true);
        }
    }
}
