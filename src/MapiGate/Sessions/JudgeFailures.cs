namespace MapiGate;

/// <summary>What a policy threw while it judged sessions: the first few, and how many there were.</summary>
internal sealed class JudgeFailures
{
    private const int Kept = 10;

    private readonly List<(string Judged, Exception Exception)> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<(string Judged, Exception Exception)> First => _first;

    public void Add(string judged, Exception exception)
    {
        Count++;
        if (_first.Count < Kept)
        {
            _first.Add((judged, exception));
        }
    }
}
