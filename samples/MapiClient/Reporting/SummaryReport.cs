using System.Globalization;

namespace MapiClient.Reporting;

/// <summary>A line for each change, not for each session: ten thousand lines tell nobody anything.</summary>
/// <remarks>Events of one kind make a batch, which is told once half a second has brought no more of them.</remarks>
internal sealed class SummaryReport : IClientReport
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<ClientEventKind, EventBatch> _batches = [];
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private int _connected;

    public SummaryReport(TextWriter output, TimeProvider time)
    {
        _output = output;
        _time = time;
        _timer = time.CreateTimer(_ => Flush(Quiet), null, Quiet / 5, Quiet / 5);
    }

    public void Tell(ClientEvent happened)
    {
        lock (_lock)
        {
            _connected += happened.Kind switch
            {
                ClientEventKind.Connected => 1,
                ClientEventKind.Cut or ClientEventKind.LoggedOff => -1,
                _ => 0,
            };
            if (!_batches.TryGetValue(happened.Kind, out var batch))
            {
                _batches.Add(happened.Kind, batch = new EventBatch(_time.GetTimestamp()));
            }

            batch.Add(_time.GetElapsedTime(batch.StartedAt), happened.Text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        Flush(TimeSpan.Zero);
    }

    private void Flush(TimeSpan quiet)
    {
        lock (_lock)
        {
            foreach (var (kind, batch) in _batches.OrderBy(entry => entry.Value.StartedAt).ToArray())
            {
                if (_time.GetElapsedTime(batch.StartedAt) - batch.Last >= quiet)
                {
                    _batches.Remove(kind);
                    _output.WriteLine($"{_time.GetLocalNow():HH:mm:ss.fff} {Describe(kind, batch)}");
                }
            }
        }
    }

    private string Describe(ClientEventKind kind, EventBatch batch) => kind switch
    {
        ClientEventKind.Connected => $"{batch.Count} connected in {Seconds(batch.Last)} ({_connected} now)",
        ClientEventKind.MailboxOpen => $"{batch.Count} mailboxes open",
        ClientEventKind.LoggedOff => $"{batch.Count} logged off in {Seconds(batch.Last)}",
        ClientEventKind.Cut => $"cut {batch.Count} in {Seconds(batch.Last)} (after the first: p50 {Seconds(batch.Percentile(0.5))}, "
            + $"p99 {Seconds(batch.Percentile(0.99))}, max {Seconds(batch.Last)}); {_connected} still connected",
        _ => $"{batch.Count} × {batch.Sample}",
    };

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
