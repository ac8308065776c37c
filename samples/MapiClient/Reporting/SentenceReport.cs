namespace MapiClient.Reporting;

/// <summary>A sentence for each event: for one session, or a few.</summary>
internal sealed class SentenceReport(TextWriter output, TimeProvider time, bool showSession) : IClientReport
{
    private readonly Lock _lock = new();

    public void Tell(ClientEvent happened)
    {
        var session = showSession ? $"session {happened.Session}: " : "";
        lock (_lock)
        {
            output.WriteLine($"{time.GetLocalNow():HH:mm:ss.fff} {session}{happened.Text}");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
