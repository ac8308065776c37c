namespace MapiGate.Packages.Tests.Repository;

/// <summary>What a program did.</summary>
internal sealed record CommandResult(string CommandLine, int ExitCode, string Output, string Errors)
{
    /// <summary>For a failing test's message: the whole of it, since a build's reason may stand anywhere.</summary>
    public override string ToString() => $"{CommandLine}{Environment.NewLine}{Output}{Errors}exit code {ExitCode}";
}
