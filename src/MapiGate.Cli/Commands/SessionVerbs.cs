using System.CommandLine;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>The verbs about who is on.</summary>
internal sealed class SessionVerbs(SharedOptions options, VerbRunner verbs)
{
    public Command Sessions()
    {
        var limit = new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 100 };
        return verbs.Showing(new Command("sessions", "Who is on.") { options.Program, options.Version, options.Mailbox, options.User, options.Address, options.Gate, limit }, async session =>
        {
            string?[] filters = [Filter("program", options.Program), Filter("version", options.Version), Filter("mailbox", options.Mailbox), Filter("user", options.User), Filter("address", options.Address), Filter("gate", options.Gate), $"limit={session.Parsed.GetValue(limit)}"];
            var answer = await session.Server.GetAsync($"sessions?{string.Join('&', filters.OfType<string>())}", session.Cancelled);
            session.TellMissing();
            if (session.Terminal.IsJson)
            {
                session.Terminal.Json(answer);
                return ExitCode.Done;
            }

            session.TableOfGates(["Gate", "Session", "Program", "Version", "User", "Address", "Since"], answer.List("sessions").Select(on => new[] { on.Text("gate"), on.Text("id"), JsonRows.Named(on.Text("process")), on.Text("version"), on.Text("user"), on.Text("address"), on.Moment("startedAt") }));
            session.Terminal.Line($"{answer.List("sessions").Count()} of {answer.Number("total")}");
            return ExitCode.Done;

            string? Filter(string name, Option<string?> option) => session.Parsed.GetValue(option) is { } value ? $"{name}={Uri.EscapeDataString(value)}" : null;
        });
    }

    public Command Kick()
    {
        var id = new Option<long[]>("--session") { Description = "A session's number in a gate; may be repeated." };
        return verbs.Changing(new Command("kick", "Disconnects sessions; the policy stays, so they may log on again.") { id, options.Gate, options.Program, options.Version, options.Mailbox, options.User, options.Address, options.Reason }, async session =>
        {
            JsonObject Order(bool whatIf) => new()
            {
                ["gate"] = session.Parsed.GetValue(options.Gate),
                ["ids"] = new JsonArray([.. (session.Parsed.GetValue(id) ?? []).Select(number => (JsonNode)number)]),
                ["process"] = session.Parsed.GetValue(options.Program),
                ["version"] = session.Parsed.GetValue(options.Version),
                ["mailbox"] = session.Parsed.GetValue(options.Mailbox),
                ["user"] = session.Parsed.GetValue(options.User),
                ["address"] = session.Parsed.GetValue(options.Address),
                ["reason"] = session.Parsed.GetValue(options.Reason),
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
}
