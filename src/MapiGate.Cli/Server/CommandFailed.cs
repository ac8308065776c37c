namespace MapiGate.Cli;

/// <summary>Ends the program with a sentence and an exit code.</summary>
internal sealed class CommandFailed(int exitCode, string message) : Exception(message)
{
    public int ExitCode => exitCode;
}
