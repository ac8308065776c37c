using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MapiGate.Cli;

/// <summary>The command line: every verb and what it asks of the server.</summary>
internal sealed class MapigateCommand
{
    private const string Description =
        """
        Manages a MapiGate: shows who is connected with what, previews, blocks, explains and kicks.

        Examples:
          mapigate status
          mapigate block OUTLOOK.EXE --version -16.0.15927.65535 --for 2h --reason INC-4711 --what-if
          mapigate kick --user CORP\jane --reason "asked to"
          mapigate sessions --program "mfcmapi*" -o json
          mapigate apply policy.json --reason INC-4711 --wait 60

        Exit codes: 0 done; 1 the server refused; 2 not reachable; 3 the token is wrong or may not do that; 4 the change is held;
        5 nothing was changed, since it was not confirmed; 6 it was done, but not every gate is known to have done it; 64 the command line
        makes no sense.
        """;

    private readonly Option<string> _url = new("--url") { Description = "The management address; MAPIGATE_URL.", Recursive = true, DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MAPIGATE_URL") ?? "http://127.0.0.1:8026/mapigate" };
    private readonly Option<string?> _token = new("--token") { Description = "The token; MAPIGATE_TOKEN.", Recursive = true };
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "The server's file of tokens; MAPIGATE_TOKEN_FILE.", Recursive = true };
    private readonly Option<string> _output = new("--output", "-o") { Description = "table, or json as the API answers.", Recursive = true, DefaultValueFactory = _ => "table" };
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Show what it would do, and change nothing." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the history and the log." };
    private readonly Option<string?> _seen = new("--if-version") { Description = "Write only over this version of the document, as 'policy show -o json' gives it." };
    private readonly Option<int?> _wait = new("--wait") { Description = "Wait until every gate has it in force, so many seconds at most; 30 if none are said.", Arity = ArgumentArity.ZeroOrOne, HelpName = "seconds" };
    private readonly Option<string?> _confirm = new("--confirm") { Description = "The fingerprint of a change that cuts more sessions than its limits say, to let it through." };
    private readonly Option<string?> _gate = new("--gate") { Description = "In this gate alone." };
    private readonly Option<string?> _program = new("--program") { Description = "Executable name, with wildcards." };
    private readonly Option<string?> _version = new("--version") { Description = "Versions, as in -16.0.15927.65535." };
    private readonly Option<string?> _mailbox = new("--mailbox") { Description = "Mailbox, with wildcards." };
    private readonly Option<string?> _user = new("--user") { Description = "Authenticated account, with wildcards." };
    private readonly Option<string?> _address = new("--address") { Description = "Address or network, as in 10.1.0.0/16." };

    public RootCommand Create()
    {
        _output.AcceptOnlyFromAmong("table", "json");
        var root = new RootCommand(Description) { _url, _token, _tokenFile, _output };
        foreach (var option in root.Options.OfType<VersionOption>().ToList())
        {
            // --version is a client's version here.
            root.Options.Remove(option);
        }

        root.Subcommands.Add(Show("status", "Is the policy current, who is on, what is held.", "status", ["", ""], Status));
        root.Subcommands.Add(Show("programs", "Programs with their sessions and refusals.", "programs", ["Program", "Sessions", "Refused", "Versions"], answer => Rows(answer, program =>
            [Named(program.Text("process")), program.Text("sessions"), program.Text("refused"), string.Join(", ", program.List("versions").Take(5).Select(version => $"{Named(version.Text("name"))} ({version.Text("sessions")})"))])));
        root.Subcommands.Add(Show("refused", "Who is still turned away.", "refused", ["Gate", "Program", "Version", "User", "Rule", "Times", "Last"], answer => Rows(answer, client =>
            [client.Text("gate"), Named(client.Text("process")), client.Text("version"), client.Text("user"), client.Text("rule"), client.Text("count"), client.Moment("last")])));
        root.Subcommands.Add(Show("findings", "What in the policy may not do what was meant.", "findings", ["Code", "Key", "Entry", "Message"], answer => Rows(answer, finding =>
            [finding.Text("code"), finding.Text("key"), finding.Text("entry"), finding.Text("message")])));
        root.Subcommands.Add(Show("gates", "The gates that follow the policy.", "gates", GateTable.Heads, answer => Rows(answer, GateTable.Row)));
        root.Subcommands.Add(Sessions());
        root.Subcommands.Add(Watch());
        root.Subcommands.Add(Token());
        root.Subcommands.Add(Policy());
        root.Subcommands.Add(OfFile("preview", "Shows what a document would do.", isPreview: true));
        root.Subcommands.Add(OfFile("apply", "Writes a document.", isPreview: false));
        root.Subcommands.Add(Block());
        root.Subcommands.Add(Unblock());
        root.Subcommands.Add(Kick());
        root.Subcommands.Add(Explain());
        root.Subcommands.Add(Held("confirm", "Lets a held change through."));
        root.Subcommands.Add(Held("withdraw", "Gives a held change up."));
        return root;
    }

    private static IEnumerable<string[]> Rows(JsonNode answer, Func<JsonNode?, string[]> row) => (answer as JsonArray ?? []).Select(row);

    private static IEnumerable<string[]> Status(JsonNode status) =>
    [
        ["Policy", status.Text("text")],
        ["Revision", $"{status.Text("revision")}, {status.Text("fingerprint")}, since {status.Moment("since")}"],
        ["Sessions", status.Text("sessions")],
        ["Still refused", status.Text("refused")],
        ["Findings", status.Text("findings")],
        ["You are", $"{status.Text("user")}{(status.Text("mayWrite") == "true" ? string.Empty : ", and may only look")}"],
    ];

    private static string Named(string text) => text.Length == 0 ? "(none)" : text;

    private Command Show(string name, string description, string path, string[] heads, Func<JsonNode, IEnumerable<string[]>> rows) => Command(new Command(name, description), async session =>
    {
        var answer = await session.Server.GetAsync(path, session.Cancelled);
        if (session.Terminal.IsJson)
        {
            session.Terminal.Json(answer);
        }
        else if (path == "refused")
        {
            session.TableOfGates(heads, rows(answer));
        }
        else
        {
            session.Terminal.Table(heads, rows(answer));
        }

        session.TellMissing();
        return ExitCode.Done;
    });

    private Command Sessions()
    {
        var limit = new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 100 };
        return Command(new Command("sessions", "Who is on.") { _program, _version, _mailbox, _user, _address, _gate, limit }, async session =>
        {
            string?[] filters = [Filter("program", _program), Filter("version", _version), Filter("mailbox", _mailbox), Filter("user", _user), Filter("address", _address), Filter("gate", _gate), $"limit={session.Parsed.GetValue(limit)}"];
            var answer = await session.Server.GetAsync($"sessions?{string.Join('&', filters.OfType<string>())}", session.Cancelled);
            session.TellMissing();
            if (session.Terminal.IsJson)
            {
                session.Terminal.Json(answer);
                return ExitCode.Done;
            }

            session.TableOfGates(["Gate", "Session", "Program", "Version", "User", "Address", "Since"], answer.List("sessions").Select(on => new[] { on.Text("gate"), on.Text("id"), Named(on.Text("process")), on.Text("version"), on.Text("user"), on.Text("address"), on.Moment("startedAt") }));
            session.Terminal.Line($"{answer.List("sessions").Count()} of {answer.Number("total")}");
            return ExitCode.Done;

            string? Filter(string name, Option<string?> option) => session.Parsed.GetValue(option) is { } value ? $"{name}={Uri.EscapeDataString(value)}" : null;
        });
    }

    private Command Watch() => Command(new Command("watch", "Follows the journal live; Ctrl+C ends it."), async session =>
    {
        try
        {
            await foreach (var entry in session.Server.FollowAsync(session.Cancelled))
            {
                if (session.Terminal.IsJson)
                {
                    session.Terminal.JsonLine(entry);
                }

                session.Terminal.Line($"{entry.Moment("time")} {entry.Text("gate")} {entry.Text("text")}");
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Done;
        }

        throw new CommandFailed(ExitCode.Unreachable, "The server has ended the journal.");
    });

    private Command Token()
    {
        var command = new Command("token", "Shows the token in the server's file of tokens.");
        command.SetAction(parsed => Guarded(parsed, () =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(TokenSource.FromFile(parsed.GetValue(_tokenFile)).Token);
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }

    private Command Policy()
    {
        var number = new Argument<long>("number") { Description = "The document's number in the history." };
        var policy = new Command("policy", "The policy document.")
        {
            Command(new Command("show", "Prints the document."), async session =>
            {
                var answer = await session.Server.GetAsync("policy", session.Cancelled);
                if (session.Terminal.IsJson)
                {
                    session.Terminal.Json(answer);
                }

                session.Terminal.Line(answer.Text("document"));
                return ExitCode.Done;
            }),
            Show("history", "The last documents.", "policy/history", ["Number", "When", "Who", "Why", ""], answer => Rows(answer, entry =>
                [entry.Text("number"), entry.Moment("time"), entry.Text("isByHand") == "true" ? "by hand" : entry.Text("author"), entry.Text("reason"), entry.Text("isCurrent") == "true" ? "current" : string.Empty])),
            Writing(new Command("rollback", "Puts an earlier document in force.") { number, _reason }, async session =>
            {
                var history = await session.Server.GetAsync("policy/history", session.Cancelled);
                var entry = (history as JsonArray ?? []).FirstOrDefault(entry => entry.Number("number") == session.Parsed.GetValue(number))
                    ?? throw new CommandFailed(ExitCode.Refused, $"The history has no number {session.Parsed.GetValue(number)}; see mapigate policy history.");
                return await session.ChangeAsync(
                    () => PreviewAsync(session, entry.Text("document")),
                    (version, confirm) => session.Server.SendAsync(HttpMethod.Post, "policy/rollback", new JsonObject { ["number"] = session.Parsed.GetValue(number), ["reason"] = session.Parsed.GetValue(_reason), ["confirm"] = confirm }, version, session.Cancelled));
            }),
            Writing(new Command("edit", "Opens the document in $EDITOR, and writes it.") { _reason }, async session =>
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

    private Command OfFile(string name, string description, bool isPreview)
    {
        var file = new Argument<string>("file") { Description = "The document." };
        var command = new Command(name, description) { file };
        if (!isPreview)
        {
            command.Options.Add(_reason);
            command.Options.Add(_seen);
        }

        return (isPreview ? (Func<Command, Func<Session, Task<int>>, Command>)Command : Writing)(command, async session =>
        {
            if (!File.Exists(session.Parsed.GetValue(file)))
            {
                throw new CommandFailed(ExitCode.Usage, $"{session.Parsed.GetValue(file)} is not there.");
            }

            var document = await File.ReadAllTextAsync(session.Parsed.GetValue(file)!, session.Cancelled);
            return await WriteAsync(isPreview ? session with { WhatIf = true } : session, document, isPreview ? null : session.Parsed.GetValue(_seen));
        });
    }

    private Command Block()
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
        return Writing(new Command("block", "Adds a rule.") { name, rule, _version, _mailbox, _user, _address, length, message, _reason }, session =>
        {
            JsonObject Order(bool whatIf, string? confirm = null) => new()
            {
                ["confirm"] = confirm,
                ["name"] = session.Parsed.GetValue(rule),
                ["process"] = session.Parsed.GetValue(name),
                ["version"] = session.Parsed.GetValue(_version),
                ["mailbox"] = session.Parsed.GetValue(_mailbox),
                ["user"] = session.Parsed.GetValue(_user),
                ["address"] = session.Parsed.GetValue(_address),
                ["forSeconds"] = Duration.TryParse(session.Parsed.GetValue(length)),
                ["message"] = session.Parsed.GetValue(message),
                ["reason"] = session.Parsed.GetValue(_reason),
                ["whatIf"] = whatIf,
            };
            return session.ChangeAsync(
                () => session.Server.SendAsync(HttpMethod.Post, "rules", Order(true), null, session.Cancelled),
                (version, confirm) => session.Server.SendAsync(HttpMethod.Post, "rules", Order(false, confirm), version, session.Cancelled));
        });
    }

    private Command Unblock()
    {
        var name = new Argument<string>("name") { Description = "A rule's name, or an entry of a list." };
        return Writing(new Command("unblock", "Takes a rule out, or an entry of a list.") { name, _reason }, async session =>
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

            var path = $"rules/{Uri.EscapeDataString(session.Parsed.GetValue(name)!)}{(session.Parsed.GetValue(_reason) is { } reason ? $"?reason={Uri.EscapeDataString(reason)}" : string.Empty)}";
            return session.Told(await session.Server.SendAsync(HttpMethod.Delete, path, null, await session.Server.VersionAsync(session.Cancelled), session.Cancelled));
        });
    }

    private Command Kick()
    {
        var id = new Option<long[]>("--session") { Description = "A session's number in a gate; may be repeated." };
        return Changing(new Command("kick", "Disconnects sessions; the policy stays, so they may log on again.") { id, _gate, _program, _version, _mailbox, _user, _address, _reason }, async session =>
        {
            JsonObject Order(bool whatIf) => new()
            {
                ["gate"] = session.Parsed.GetValue(_gate),
                ["ids"] = new JsonArray([.. (session.Parsed.GetValue(id) ?? []).Select(number => (JsonNode)number)]),
                ["process"] = session.Parsed.GetValue(_program),
                ["version"] = session.Parsed.GetValue(_version),
                ["mailbox"] = session.Parsed.GetValue(_mailbox),
                ["user"] = session.Parsed.GetValue(_user),
                ["address"] = session.Parsed.GetValue(_address),
                ["reason"] = session.Parsed.GetValue(_reason),
                ["whatIf"] = whatIf,
            };
            var would = await session.Server.SendAsync(HttpMethod.Post, "sessions/disconnect", Order(true), null, session.Cancelled);
            if (session.WhatIf && session.Terminal.IsJson)
            {
                session.Terminal.Json(would);
            }

            session.TellMissing();
            session.Terminal.Line($"Would disconnect {would.Number("sessions")} sessions{string.Concat(would.List("gates").Select((gate, i) => $"{(i == 0 ? ": " : ", ")}{gate.Text("name")} {gate.Text("sessions")}"))}.");
            if (session.WhatIf)
            {
                return ExitCode.Done;
            }

            if (!session.IsAgreed($"Disconnect {would.Number("sessions")} sessions?"))
            {
                return ExitCode.NotConfirmed;
            }

            var ended = session.Told(await session.Server.SendAsync(HttpMethod.Post, "sessions/disconnect", Order(false), null, session.Cancelled));
            return session.TellMissing() ? ExitCode.NotEverywhere : ended;
        });
    }

    private Command Explain()
    {
        var name = new Argument<string[]>("program") { Description = "The names that a client reports.", Arity = ArgumentArity.ZeroOrMore };
        return Command(new Command("explain", "Says what the policy says of a client, and why.") { name, _version, _mailbox, _user, _address }, async session =>
        {
            var answer = await session.Server.SendAsync(HttpMethod.Post, "explain", new JsonObject
            {
                ["processes"] = new JsonArray([.. (session.Parsed.GetValue(name) ?? []).Select(text => (JsonNode)text)]),
                ["version"] = session.Parsed.GetValue(_version),
                ["mailbox"] = session.Parsed.GetValue(_mailbox),
                ["user"] = session.Parsed.GetValue(_user),
                ["address"] = session.Parsed.GetValue(_address),
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

    private Command Held(string verb, string description)
    {
        var fingerprint = new Argument<string?>("fingerprint") { Description = "The held change; the only one if not given.", Arity = ArgumentArity.ZeroOrOne };
        return Writing(new Command(verb, description) { fingerprint, _reason }, async session =>
        {
            var holds = (await session.Server.GetAsync("status", session.Cancelled)).List("holds").ToList();
            var held = session.Parsed.GetValue(fingerprint) is { } asked ? holds.FirstOrDefault(hold => hold.Text("fingerprint") == asked) ?? new JsonObject { ["fingerprint"] = asked, ["text"] = $"The change {asked}." } : holds.Count == 1 ? holds[0] : null;
            if (held is null)
            {
                throw new CommandFailed(ExitCode.Refused, holds.Count == 0 ? "This gate holds no change; mapigate gates shows what others hold, each with the fingerprint to be named here." : $"Say which: {string.Join(", ", holds.Select(hold => hold.Text("fingerprint")))}.");
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

            var ended = session.Told(await session.Server.SendAsync(HttpMethod.Post, $"policy/{verb}", new JsonObject { ["fingerprint"] = held.Text("fingerprint"), ["reason"] = session.Parsed.GetValue(_reason) }, await session.Server.VersionAsync(session.Cancelled), session.Cancelled));
            session.TellMissing();
            return ended;
        });
    }

    private Task<int> WriteAsync(Session session, string document, string? seen) => session.ChangeAsync(
        () => PreviewAsync(session, document),
        (version, confirm) => session.Server.SendAsync(HttpMethod.Put, "policy", new JsonObject { ["document"] = document, ["reason"] = session.Parsed.GetValue(_reason), ["confirm"] = confirm }, version, session.Cancelled),
        seen);

    private static Task<JsonNode> PreviewAsync(Session session, string document) =>
        session.Server.SendAsync(HttpMethod.Post, "policy/preview", new JsonObject { ["document"] = document }, null, session.Cancelled);

    /// <summary>A verb that writes the document, for all gates that follow it.</summary>
    private Command Writing(Command command, Func<Session, Task<int>> run)
    {
        command.Options.Add(_wait);
        if (command.Name is not ("confirm" or "withdraw" or "unblock"))
        {
            command.Options.Add(_confirm);
        }

        return Changing(command, async session =>
        {
            var ended = await run(session with { Confirm = session.Parsed.GetValue(_confirm) });
            return ended == ExitCode.Done && !session.WhatIf && session.Parsed.GetResult(_wait) is { } waited
                ? await new GateWait(session).UntilSyncedAsync(TimeSpan.FromSeconds(waited.Tokens.Count == 0 ? GateWait.Seconds : session.Parsed.GetValue(_wait) ?? GateWait.Seconds))
                : ended;
        });
    }

    private Command Changing(Command command, Func<Session, Task<int>> run)
    {
        command.Options.Add(_whatIf);
        command.Options.Add(_yes);
        return Command(command, run);
    }

    private Command Command(Command command, Func<Session, Task<int>> run)
    {
        command.SetAction((parsed, cancelled) => Guarded(parsed, async () =>
        {
            if (!Uri.TryCreate(parsed.GetValue(_url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                throw new CommandFailed(ExitCode.Usage, $"--url: '{parsed.GetValue(_url)}' is not an http or https address.");
            }

            using var server = new ManagementClient(url, TokenSource.Find(parsed.GetValue(_token), parsed.GetValue(_tokenFile)));
            var isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
            var terminal = new Terminal(AnsiConsole.Console, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(_output) == "json", isInteractive);
            return await run(new Session(parsed, server, terminal, parsed.GetValue(_whatIf), parsed.GetValue(_yes), cancelled));
        }));
        return command;
    }

    private static async Task<int> Guarded(ParseResult parsed, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (CommandFailed failed)
        {
            return await EndAsync(failed.ExitCode, failed.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return await EndAsync(ExitCode.Unreachable, $"{parsed.GetValue<string>("--url")} does not answer: {e.Message} Is the server running, and --url right?");
        }
        catch (JsonException)
        {
            return await EndAsync(ExitCode.Refused, $"What answers at {parsed.GetValue<string>("--url")} is no management of a gate; is --url right?");
        }

        async Task<int> EndAsync(int exitCode, string message)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(message);
            return exitCode;
        }
    }
}
