using System.Diagnostics;

namespace MapiGate.Attack.Tests.Sessions;

/// <summary>How many threads the process has, whoever started them.</summary>
internal static class ProcessThreads
{
    public static int Count
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.Threads.Count;
        }
    }
}
