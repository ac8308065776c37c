namespace MapiGate.Benchmarks;

/// <summary>Prints rows as they come, in columns of fixed width, as a table that Markdown understands too.</summary>
internal sealed class SummaryTable(TextWriter output)
{
    private const int WorkWidth = 66;
    private const int Width = 12;

    public void WriteHead()
    {
        Write("work", "ours", "floor", "ratio", "goal", "met");
        output.WriteLine($"|{new string('-', WorkWidth + 2)}|{string.Concat(Enumerable.Repeat(new string('-', Width + 1) + ":|", 5))}");
    }

    public void Write(SummaryRow row)
    {
        Write(row.Work, row.Ours, row.Floor, row.Ratio, row.Goal, row.IsMet switch { true => "yes", false => "NO", null => string.Empty });
        output.Flush();
    }

    private void Write(string work, params string[] figures) =>
        output.WriteLine($"| {work.PadRight(WorkWidth)} | {string.Join(" | ", figures.Select(figure => figure.PadLeft(Width)))} |");
}
