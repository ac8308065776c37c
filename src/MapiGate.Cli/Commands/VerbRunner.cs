using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MapiGate.Cli;

/// <summary>How verbs are run: the server found, what is asked of all of their kind, errors told by exit codes.</summary>
internal sealed class VerbRunner(SharedOptions options)
{
    /// <summary>A verb that shows a list, or what reads as one.</summary>
    public Command Listing(string name, string description, string path, string[] heads, Func<JsonNode, IEnumerable<string[]>> rows) => Showing(new Command(name, description), async session =>
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

    /// <summary>A verb that writes the document, for all gates that follow it.</summary>
    public Command Writing(Command command, Func<Session, Task<int>> run)
    {
        command.Options.Add(options.Wait);
        if (command.Name is not ("confirm" or "withdraw" or "unblock"))
        {
            command.Options.Add(options.Confirm);
        }

        return Changing(command, async session =>
        {
            var ended = await run(session with { Confirm = session.Parsed.GetValue(options.Confirm) });
            return ended == ExitCode.Done && !session.WhatIf && session.Parsed.GetResult(options.Wait) is { } waited
                ? await new GateWait(session).UntilSyncedAsync(TimeSpan.FromSeconds(waited.Tokens.Count == 0 ? GateWait.Seconds : session.Parsed.GetValue(options.Wait) ?? GateWait.Seconds))
                : ended;
        });
    }

    /// <summary>A verb that changes something: it asks first, unless told not to.</summary>
    public Command Changing(Command command, Func<Session, Task<int>> run)
    {
        command.Options.Add(options.WhatIf);
        command.Options.Add(options.Yes);
        return Showing(command, run);
    }

    /// <summary>A verb that asks the server something.</summary>
    public Command Showing(Command command, Func<Session, Task<int>> run)
    {
        command.SetAction((parsed, cancelled) => Guarded(parsed, async () =>
        {
            if (!Uri.TryCreate(parsed.GetValue(options.Url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                throw new CommandFailed(ExitCode.Usage, $"--url: '{parsed.GetValue(options.Url)}' is not an http or https address.");
            }

            using var server = new ManagementClient(url, TokenSource.Find(parsed.GetValue(options.Token), parsed.GetValue(options.TokenFile)));
            var isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
            var terminal = new Terminal(AnsiConsole.Console, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(options.Output) == "json", isInteractive);
            return await run(new Session(parsed, server, terminal, parsed.GetValue(options.WhatIf), parsed.GetValue(options.Yes), cancelled));
        }));
        return command;
    }

    /// <summary>Runs what may fail in ways that users are told of.</summary>
    public static async Task<int> Guarded(ParseResult parsed, Func<Task<int>> run)
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
