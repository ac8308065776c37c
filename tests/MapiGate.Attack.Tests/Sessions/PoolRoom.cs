namespace MapiGate.Attack.Tests.Sessions;

/// <summary>Lets the thread pool start so many threads at once, for as long as a test takes.</summary>
internal sealed class PoolRoom : IDisposable
{
    private readonly int _workers;
    private readonly int _ports;

    public PoolRoom(int workers)
    {
        ThreadPool.GetMinThreads(out _workers, out _ports);
        ThreadPool.SetMinThreads(workers, _ports).Should().BeTrue();
    }

    public void Dispose() => ThreadPool.SetMinThreads(_workers, _ports);
}
