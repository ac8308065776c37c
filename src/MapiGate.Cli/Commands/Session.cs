using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MapiGate.Cli;

/// <summary>One run of a command: the server, the terminal, and what was asked for.</summary>
internal sealed record Session(ParseResult Parsed, ManagementClient Server, Terminal Terminal, bool WhatIf, bool Yes, CancellationToken Cancelled)
{
    /// <summary>Shows what a change would do, asks if it cuts anybody, makes it, and prints what it did.</summary>
    /// <param name="preview">Asks what it would do.</param>
    /// <param name="change">Makes it, for the version of the document that was seen.</param>
    /// <param name="seen">That version; the one of now when nothing was seen before.</param>
    public async Task<int> ChangeAsync(Func<Task<JsonNode>> preview, Func<string, Task<JsonNode>> change, string? seen = null)
    {
        var version = seen ?? await Server.VersionAsync(Cancelled);
        var would = await preview();
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

        return IsAgreed(would.Number("disconnected") > 0 ? $"Cut {would.Number("disconnected")} sessions?" : "Do it?") ? Told(await change(version)) : ExitCode.NotConfirmed;
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
