namespace MapiGate.Cli;

/// <summary>Runs the command line.</summary>
internal static class MapigateProgram
{
    public static async Task<int> Main(string[] args)
    {
        var parsed = new MapigateCommand().Create().Parse(args);
        var ended = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 && ended != ExitCode.Done ? ExitCode.Usage : ended;
    }
}
