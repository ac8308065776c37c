using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MapiGate.Cli;

/// <summary>One run of a command: the server, the terminal, and what was asked for.</summary>
internal sealed record Session(ParseResult Parsed, ManagementClient Server, Terminal Terminal, bool WhatIf, bool Yes, CancellationToken Cancelled)
{
    /// <summary>The fingerprint of a change that somebody has let through past its limits.</summary>
    public string? Confirm { get; init; }

    /// <summary>Shows what a change would do, asks if it cuts anybody, makes it, and prints what it did.</summary>
    /// <param name="preview">Asks what it would do.</param>
    /// <param name="change">Makes it, for the version of the document that was seen, and with what was let through past its limits.</param>
    /// <param name="seen">That version; the one of now when nothing was seen before.</param>
    public async Task<int> ChangeAsync(Func<Task<JsonNode>> preview, Func<string, string?, Task<JsonNode>> change, string? seen = null)
    {
        var version = seen ?? await Server.VersionAsync(Cancelled);
        var would = await preview();
        TellMissing();
        var errors = would.List("errors").Select(error => error.Text("text")).ToList();
        if (errors.Count > 0)
        {
            throw new CommandFailed(ExitCode.Refused, string.Join(Environment.NewLine, errors));
        }

        if (WhatIf && Terminal.IsJson)
        {
            Terminal.Json(would);
            return ExitCode.Done;
        }

        Show(would);
        if (WhatIf)
        {
            return ExitCode.Done;
        }

        var (cut, limit) = (would.Number("disconnected"), would.Text("limit"));
        if (!IsAgreed(cut == 0 ? "Do it?" : limit.Length == 0 || Confirm is not null ? $"Cut {cut} sessions?" : $"Cut {cut} sessions, past {limit}?"))
        {
            return ExitCode.NotConfirmed;
        }

        // Whoever was asked has seen the limit; whoever said yes beforehand has not.
        return Told(await change(version, Confirm ?? (limit.Length > 0 && !Yes ? would.Text("fingerprint") : null)));
    }

    /// <summary>Prints rows that begin with a gate's name, which is left out where there is but one.</summary>
    public void TableOfGates(string[] heads, IEnumerable<string[]> rows) =>
        Terminal.Table(Server.IsOfMany ? heads : heads[1..], Server.IsOfMany ? rows : rows.Select(row => row[1..]));

    /// <summary>Names the gates that gave no answer.</summary>
    /// <returns>Whether there are any.</returns>
    public bool TellMissing()
    {
        if (Server.Missing is not { Length: > 0 } missing)
        {
            return false;
        }

        Terminal.Warn($"No answer from {missing}.");
        return true;
    }

    /// <summary>Asks, unless that was answered beforehand. Where nobody can be asked, the answer is no.</summary>
    public bool IsAgreed(string question)
    {
        var isAgreed = Yes || Terminal.Confirm(question);
        if (!isAgreed)
        {
            Terminal.Line("Nothing was changed. --yes does it without asking.");
        }

        return isAgreed;
    }

    /// <summary>Prints what a change did.</summary>
    public int Told(JsonNode answer)
    {
        if (Terminal.IsJson)
        {
            Terminal.Json(answer);
        }

        var receipt = answer["receipt"];
        Terminal.Line(receipt is null ? "The policy says what it said before." : receipt.Text("text"));
        return receipt?["held"] is null ? ExitCode.Done : ExitCode.Held;
    }

    private void Show(JsonNode would)
    {
        if (Terminal.IsJson)
        {
            return;
        }

        foreach (var finding in would.List("findings"))
        {
            Terminal.Line($"{finding.Text("code")} {finding.Text("key")}: {finding.Text("message")}");
        }

        Terminal.Line($"Would cut {would.Number("disconnected")} of {would.Number("examined")} sessions.");
        if (would.Text("limit") is { Length: > 0 } limit)
        {
            Terminal.Line($"That is past {limit}: --confirm {would.Text("fingerprint")} lets it through.");
        }

        if (would.List("gates").Count() > 1)
        {
            Terminal.Table(["By gate", "sessions", "of"], would.List("gates").Select(gate => new[] { gate.Text("gate"), gate.Text("disconnected"), gate.Text("examined") }));
        }

        foreach (var (title, key) in new[] { ("program", "byProgram"), ("user", "byUser"), ("address", "byAddress") })
        {
            var counts = would.List(key).ToList();
            if (counts.Count > 0)
            {
                Terminal.Table([$"By {title}", "sessions"], counts.Take(20).Select(count => new[] { count.Text("name") is { Length: > 0 } name ? name : "(none)", count.Text("sessions") }));
            }
        }
    }
}
