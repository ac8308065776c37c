using System.IO.Pipelines;
using Microsoft.Extensions.ObjectPool;

namespace MapiGate.AspNetCore;

/// <summary>
/// Pipes used again: making one for each request costs it 700 bytes of garbage, and an Execute through the gate its goal.
/// </summary>
/// <remarks>
/// Only what has come to an end in peace is given back. A server that was cut off may still hold memory of its pipe: that one is
/// left to the garbage collector.
/// </remarks>
internal sealed class PipePool : PooledObjectPolicy<Pipe>
{
    // The loop runs where the server flushes, so that an answer costs no change of threads. The server never runs where the
    // loop does: one that blocks would hold the loop up.
    private static readonly PipeOptions Options =
        new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.ThreadPool, useSynchronizationContext: false);

    private static readonly DefaultObjectPool<Pipe> Pool = new(new PipePool());

    /// <summary>A pipe that takes nothing: writing to it throws.</summary>
    public static Pipe Closed { get; } = CreateClosed();

    public static Pipe Rent() => Pool.Get();

    /// <summary>Takes a pipe back of which both ends are completed, and which nobody holds.</summary>
    public static void GiveBack(Pipe pipe) => Pool.Return(pipe);

    public override Pipe Create() => new(Options);

    public override bool Return(Pipe obj)
    {
        obj.Reset();
        return true;
    }

    private static Pipe CreateClosed()
    {
        var pipe = new Pipe(Options);
        pipe.Reader.Complete();
        pipe.Writer.Complete();
        return pipe;
    }
}
