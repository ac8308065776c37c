using System.CommandLine;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>The verbs about single clients and rules.</summary>
internal sealed class RuleVerbs(SharedOptions options, VerbRunner verbs)
{
    public Command Block()
    {
        var name = new Argument<string?>("program") { Description = "Executable name, with wildcards; several are separated by semicolons.", Arity = ArgumentArity.ZeroOrOne };
        var rule = new Option<string?>("--name") { Description = "The rule's name; one is made if none is given." };
        var length = new Option<string?>("--for") { Description = "For how long, as in 90s, 30m, 2h, 7d; then they are let in again." };
        var message = new Option<string?>("--message") { Description = "What the help desk can tell the user." };
        length.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Duration.TryParse(text) is null)
            {
                result.AddError($"--for: '{text}' is no length of time; write 90s, 30m, 2h or 7d.");
            }
        });
        return verbs.Writing(new Command("block", "Adds a rule.") { name, rule, options.Version, options.Mailbox, options.User, options.Address, length, message, options.Reason }, session =>
        {
            JsonObject Order(bool whatIf, string? confirm = null) => new()
            {
                ["confirm"] = confirm,
                ["name"] = session.Parsed.GetValue(rule),
                ["process"] = session.Parsed.GetValue(name),
                ["version"] = session.Parsed.GetValue(options.Version),
                ["mailbox"] = session.Parsed.GetValue(options.Mailbox),
                ["user"] = session.Parsed.GetValue(options.User),
                ["address"] = session.Parsed.GetValue(options.Address),
                ["forSeconds"] = Duration.TryParse(session.Parsed.GetValue(length)),
                ["message"] = session.Parsed.GetValue(message),
                ["reason"] = session.Parsed.GetValue(options.Reason),
                ["whatIf"] = whatIf,
            };
            return session.ChangeAsync(
                () => session.Server.SendAsync(HttpMethod.Post, "rules", Order(true), null, session.Cancelled),
                (version, confirm) => session.Server.SendAsync(HttpMethod.Post, "rules", Order(false, confirm), version, session.Cancelled));
        });
    }

    public Command Unblock()
    {
        var name = new Argument<string>("name") { Description = "A rule's name, or an entry of a list." };
        return verbs.Writing(new Command("unblock", "Takes a rule out, or an entry of a list.") { name, options.Reason }, async session =>
        {
            if (session.WhatIf)
            {
                session.Terminal.Line($"Would let in again what {session.Parsed.GetValue(name)} refuses.");
                return ExitCode.Done;
            }

            if (!session.IsAgreed($"Let in again what {session.Parsed.GetValue(name)} refuses?"))
            {
                return ExitCode.NotConfirmed;
            }

            var path = $"rules/{Uri.EscapeDataString(session.Parsed.GetValue(name)!)}{(session.Parsed.GetValue(options.Reason) is { } reason ? $"?reason={Uri.EscapeDataString(reason)}" : string.Empty)}";
            return session.Told(await session.Server.SendAsync(HttpMethod.Delete, path, null, await session.Server.VersionAsync(session.Cancelled), session.Cancelled));
        });
    }

    public Command Explain()
    {
        var name = new Argument<string[]>("program") { Description = "The names that a client reports.", Arity = ArgumentArity.ZeroOrMore };
        return verbs.Showing(new Command("explain", "Says what the policy says of a client, and why.") { name, options.Version, options.Mailbox, options.User, options.Address }, async session =>
        {
            var answer = await session.Server.SendAsync(HttpMethod.Post, "explain", new JsonObject
            {
                ["processes"] = new JsonArray([.. (session.Parsed.GetValue(name) ?? []).Select(text => (JsonNode)text)]),
                ["version"] = session.Parsed.GetValue(options.Version),
                ["mailbox"] = session.Parsed.GetValue(options.Mailbox),
                ["user"] = session.Parsed.GetValue(options.User),
                ["address"] = session.Parsed.GetValue(options.Address),
            }, null, session.Cancelled);
            if (session.Terminal.IsJson)
            {
                session.Terminal.Json(answer);
                return ExitCode.Done;
            }

            session.TellMissing();
            session.Terminal.Line(answer.Text("text"));
            if (answer.List("gates").Count() > 1)
            {
                session.Terminal.Table(["Gate", "Verdict"], answer.List("gates").Select(gate => new[] { gate.Text("gate"), gate.Text("text") }));
            }

            session.Terminal.Table(["Kind", "Rule", "Applies", "Decides"], answer.List("steps").Select(step => new[] { step.Text("kind"), step.Text("text"), step.Text("applies"), step.Text("decides") }));
            return ExitCode.Done;
        });
    }
}
