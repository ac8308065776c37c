using System.CommandLine;
using MapiClient.Running;

var command = new ClientCommand().Create(
    (options, cancellationToken) => ClientRun.RunAsync(options, Console.Out, TimeProvider.System, cancellationToken));

var parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    // Not the parser's own 1, which means "refused" here.
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("Try --help.");
    return (int)ExitCode.Usage;
}

// Ctrl+C and SIGTERM cancel the run; then every session logs off, and ten thousand take their time.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
