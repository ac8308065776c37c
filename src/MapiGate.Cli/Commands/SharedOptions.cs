using System.CommandLine;

namespace MapiGate.Cli;

/// <summary>The options that several verbs take, or all.</summary>
internal sealed class SharedOptions
{
    public SharedOptions() => Output.AcceptOnlyFromAmong("table", "json");

    public Option<string> Url { get; } = new("--url") { Description = "The management address; MAPIGATE_URL.", Recursive = true, DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MAPIGATE_URL") ?? "http://127.0.0.1:8026/mapigate" };

    public Option<string?> Token { get; } = new("--token") { Description = "The token; MAPIGATE_TOKEN.", Recursive = true };

    public Option<string?> TokenFile { get; } = new("--token-file") { Description = "The server's file of tokens; MAPIGATE_TOKEN_FILE.", Recursive = true };

    public Option<string> Output { get; } = new("--output", "-o") { Description = "table, or json as the API answers.", Recursive = true, DefaultValueFactory = _ => "table" };

    public Option<bool> WhatIf { get; } = new("--what-if") { Description = "Show what it would do, and change nothing." };

    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Do not ask." };

    public Option<string?> Reason { get; } = new("--reason") { Description = "Why, for the history and the log." };

    public Option<string?> Seen { get; } = new("--if-version") { Description = "Write only over this version of the document, as 'policy show -o json' gives it." };

    public Option<int?> Wait { get; } = new("--wait") { Description = "Wait until every gate has it in force, so many seconds at most; 30 if none are said.", Arity = ArgumentArity.ZeroOrOne, HelpName = "seconds" };

    public Option<string?> Confirm { get; } = new("--confirm") { Description = "The fingerprint of a change that cuts more sessions than its limits say, to let it through." };

    public Option<string?> Gate { get; } = new("--gate") { Description = "In this gate alone." };

    public Option<string?> Program { get; } = new("--program") { Description = "Executable name, with wildcards." };

    public Option<string?> Version { get; } = new("--version") { Description = "Versions, as in -16.0.15927.65535." };

    public Option<string?> Mailbox { get; } = new("--mailbox") { Description = "Mailbox, with wildcards." };

    public Option<string?> User { get; } = new("--user") { Description = "Authenticated account, with wildcards." };

    public Option<string?> Address { get; } = new("--address") { Description = "Address or network, as in 10.1.0.0/16." };
}
