using MapiGate.Registry.Probe;

// A Windows program that shows what the registry source makes of the registry, for tests to drive through its standard
// input and output. Arguments: KeyPath=…, PollInterval=…, WatchForChanges=…, Clock=real, as needed.
if (!OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("Publish this for win-x64 and run it on Windows, or under Wine.");
    return 1;
}

try
{
    using var probe = new ConfigurationProbe(args);
    while (Console.ReadLine() is { } command && command != "quit")
    {
        probe.Run(command.Split(' ', 2));
    }

    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
