using System.CommandLine;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>The verbs about the policy document as a whole.</summary>
internal sealed class PolicyVerbs(SharedOptions options, VerbRunner verbs)
{
    public Command Policy()
    {
        var number = new Argument<long>("number") { Description = "The document's number in the history." };
        var policy = new Command("policy", "The policy document.")
        {
            verbs.Showing(new Command("show", "Prints the document."), async session =>
            {
                var answer = await session.Server.GetAsync("policy", session.Cancelled);
                if (session.Terminal.IsJson)
                {
                    session.Terminal.Json(answer);
                }

                session.Terminal.Line(answer.Text("document"));
                return ExitCode.Done;
            }),
            verbs.Listing("history", "The last documents.", "policy/history", ["Number", "When", "Who", "Why", ""], answer => JsonRows.Of(answer, entry =>
                [entry.Text("number"), entry.Moment("time"), entry.Text("isByHand") == "true" ? "by hand" : entry.Text("author"), entry.Text("reason"), entry.Text("isCurrent") == "true" ? "current" : string.Empty])),
            verbs.Writing(new Command("rollback", "Puts an earlier document in force.") { number, options.Reason }, async session =>
            {
                var history = await session.Server.GetAsync("policy/history", session.Cancelled);
                var entry = (history as JsonArray ?? []).FirstOrDefault(entry => entry.Number("number") == session.Parsed.GetValue(number))
                    ?? throw new CommandFailed(ExitCode.Refused, $"The history has no number {session.Parsed.GetValue(number)}; see mapigate policy history.");
                return await session.ChangeAsync(
                    () => PreviewAsync(session, entry.Text("document")),
                    (version, confirm) => session.Server.SendAsync(HttpMethod.Post, "policy/rollback", new JsonObject { ["number"] = session.Parsed.GetValue(number), ["reason"] = session.Parsed.GetValue(options.Reason), ["confirm"] = confirm }, version, session.Cancelled));
            }),
            verbs.Writing(new Command("edit", "Opens the document in $EDITOR, and writes it.") { options.Reason }, async session =>
            {
                var policy = await session.Server.GetAsync("policy", session.Cancelled);
                using var draft = new Draft(policy.Text("document"));
                await draft.EditAsync(session.Cancelled);
                if (draft.Read() == policy.Text("document"))
                {
                    session.Terminal.Line("Nothing was changed.");
                    return ExitCode.Done;
                }

                return await draft.KeepUnlessWrittenAsync(() => WriteAsync(session, draft.Read(), policy.Text("version")));
            }),
        };
        return policy;
    }

    public Command OfFile(string name, string description, bool isPreview)
    {
        var file = new Argument<string>("file") { Description = "The document." };
        var command = new Command(name, description) { file };
        if (!isPreview)
        {
            command.Options.Add(options.Reason);
            command.Options.Add(options.Seen);
        }

        return (isPreview ? (Func<Command, Func<Session, Task<int>>, Command>)verbs.Showing : verbs.Writing)(command, async session =>
        {
            if (!File.Exists(session.Parsed.GetValue(file)))
            {
                throw new CommandFailed(ExitCode.Usage, $"{session.Parsed.GetValue(file)} is not there.");
            }

            var document = await File.ReadAllTextAsync(session.Parsed.GetValue(file)!, session.Cancelled);
            return await WriteAsync(isPreview ? session with { WhatIf = true } : session, document, isPreview ? null : session.Parsed.GetValue(options.Seen));
        });
    }

    public Command Held(string verb, string description)
    {
        var fingerprint = new Argument<string?>("fingerprint") { Description = "The held change; the only one if not given.", Arity = ArgumentArity.ZeroOrOne };
        return verbs.Writing(new Command(verb, description) { fingerprint, options.Reason }, async session =>
        {
            var holds = (await session.Server.GetAsync("status", session.Cancelled)).List("holds").ToList();
            var held = session.Parsed.GetValue(fingerprint) is { } asked ? holds.FirstOrDefault(hold => hold.Text("fingerprint") == asked) ?? new JsonObject { ["fingerprint"] = asked, ["text"] = $"The change {asked}." } : holds.Count == 1 ? holds[0] : null;
            if (held is null)
            {
                throw new CommandFailed(ExitCode.Refused, holds.Count == 0 ? "No change is held here; mapigate gates shows what other gates hold, each with the fingerprint to be named." : $"Say which: {string.Join(", ", holds.Select(hold => hold.Text("fingerprint")))}.");
            }

            session.Terminal.Line(held.Text("text"));
            if (session.WhatIf)
            {
                return ExitCode.Done;
            }

            if (!session.IsAgreed($"{char.ToUpperInvariant(verb[0])}{verb[1..]} it?"))
            {
                return ExitCode.NotConfirmed;
            }

            var ended = session.Told(await session.Server.SendAsync(HttpMethod.Post, $"policy/{verb}", new JsonObject { ["fingerprint"] = held.Text("fingerprint"), ["reason"] = session.Parsed.GetValue(options.Reason) }, await session.Server.VersionAsync(session.Cancelled), session.Cancelled));
            session.TellMissing();
            return ended;
        });
    }

    private Task<int> WriteAsync(Session session, string document, string? seen) => session.ChangeAsync(
        () => PreviewAsync(session, document),
        (version, confirm) => session.Server.SendAsync(HttpMethod.Put, "policy", new JsonObject { ["document"] = document, ["reason"] = session.Parsed.GetValue(options.Reason), ["confirm"] = confirm }, version, session.Cancelled),
        seen);

    private static Task<JsonNode> PreviewAsync(Session session, string document) =>
        session.Server.SendAsync(HttpMethod.Post, "policy/preview", new JsonObject { ["document"] = document }, null, session.Cancelled);
}
