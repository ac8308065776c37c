using System.Text.Json;

namespace MapiClient.Reporting;

/// <summary>One JSON object a line for each event: time, session, event, code, text. For tests and scripts.</summary>
internal sealed class JsonReport(TextWriter output, TimeProvider time) : IClientReport
{
    private readonly Lock _lock = new();

    public void Tell(ClientEvent happened)
    {
        var line = JsonSerializer.Serialize(new
        {
            time = time.GetUtcNow(),
            session = happened.Session,
            @event = JsonNamingPolicy.CamelCase.ConvertName(happened.Kind.ToString()),
            code = happened.Code,
            text = happened.Text,
        });
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
