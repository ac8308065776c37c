using MapiGate.Cli;

var parsed = new MapigateCommand().Create().Parse(args);
return parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction
    ? await parsed.InvokeAsync() is var shown && shown == 0 ? 0 : ExitCode.Usage
    : await parsed.InvokeAsync();
