using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MapiGate.Cli;

/// <summary>Prints answers: as tables, or as the server's own JSON. What clients sent is text, never markup.</summary>
internal sealed class Terminal(IAnsiConsole console, TextWriter output, TextWriter error, bool isJson, bool isInteractive)
{
    private static readonly JsonSerializerOptions LineFormat = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Format = new(LineFormat) { WriteIndented = true };

    public bool IsJson => isJson;

    public void Json(JsonNode answer) => output.WriteLine(answer.ToJsonString(Format));

    /// <summary>One of many answers, on one line.</summary>
    public void JsonLine(JsonNode answer) => output.WriteLine(answer.ToJsonString(LineFormat));

    public void Line(string text)
    {
        if (!isJson)
        {
            output.WriteLine(Clean(text));
        }
    }

    /// <summary>Says what is wrong where nobody takes it for the answer.</summary>
    public void Warn(string text) => error.WriteLine(Clean(text));

    public void Table(string[] heads, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var head in heads)
        {
            table.AddColumn(new TableColumn(new Text(head)));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Clean(cell))));
        }

        console.Write(table);
    }

    /// <summary>Asks, on a terminal; without one the answer is no.</summary>
    public bool Confirm(string text) => isInteractive && !isJson && console.Confirm(Markup.Escape(Clean(text)), defaultValue: false);

    // No client moves the cursor of an administrator.
    private static string Clean(string text) => string.Concat(text.Where(c => c is '\n' || !char.IsControl(c)));
}
