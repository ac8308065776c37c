namespace MapiGate.Benchmarks;

/// <summary>Numbers drawn from one worker's part of a range, cheaply (xorshift).</summary>
internal struct Draw(int worker, int workers, int count)
{
    private static int _seeds;

    private readonly int _first = count / workers * worker;
    private readonly uint _count = (uint)(count / workers);
    private uint _state = 2463534242u * (uint)((2 * Interlocked.Increment(ref _seeds)) + 1);

    public int Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return _first + (int)(((ulong)_state * _count) >> 32);
    }
}
