using System.CommandLine;
using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>The verbs that show lists, and the journal.</summary>
internal sealed class ListVerbs(VerbRunner verbs)
{
    public Command Status() => verbs.Listing("status", "Is the policy current, who is on, what is held.", "status", ["", ""], StatusRows);

    public Command Programs() => verbs.Listing("programs", "Programs with their sessions and refusals.", "programs", ["Program", "Sessions", "Refused", "Versions"], answer => JsonRows.Of(answer, program =>
        [JsonRows.Named(program.Text("process")), program.Text("sessions"), program.Text("refused"), string.Join(", ", program.List("versions").Take(5).Select(version => $"{JsonRows.Named(version.Text("name"))} ({version.Text("sessions")})"))]));

    public Command Refused() => verbs.Listing("refused", "Who is still turned away.", "refused", ["Gate", "Program", "Version", "User", "Rule", "Times", "Last"], answer => JsonRows.Of(answer, client =>
        [client.Text("gate"), JsonRows.Named(client.Text("process")), client.Text("version"), client.Text("user"), client.Text("rule"), client.Text("count"), client.Moment("last")]));

    public Command Findings() => verbs.Listing("findings", "What in the policy may not do what was meant.", "findings", ["Code", "Key", "Entry", "Message"], answer => JsonRows.Of(answer, finding =>
        [finding.Text("code"), finding.Text("key"), finding.Text("entry"), finding.Text("message")]));

    public Command Gates() => verbs.Listing("gates", "The gates that follow the policy.", "gates", GateTable.Heads, answer => JsonRows.Of(answer, GateTable.Row));

    public Command Watch() => verbs.Showing(new Command("watch", "Follows the journal live; Ctrl+C ends it."), async session =>
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

    private static IEnumerable<string[]> StatusRows(JsonNode status) =>
    [
        ["Policy", status.Text("text")],
        ["Revision", $"{status.Text("revision")}, {status.Text("fingerprint")}, since {status.Moment("since")}"],
        ["Sessions", status.Text("sessions")],
        ["Still refused", status.Text("refused")],
        ["Findings", status.Text("findings")],
        ["You are", $"{status.Text("user")}{(status.Text("mayWrite") == "true" ? string.Empty : ", and may only look")}"],
    ];
}
