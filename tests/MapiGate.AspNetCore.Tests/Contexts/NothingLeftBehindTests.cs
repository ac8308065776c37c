using System.Runtime.CompilerServices;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.TestSupport;

namespace MapiGate.AspNetCore.Tests.Contexts;

public class NothingLeftBehindTests
{
    [Theory]
    [InlineData("cut")]
    [InlineData("released")]
    [InlineData("expired")]
    [InlineData("replaced")]
    public async Task SessionThatHasEnded_IsNotHeldInMemory(string how)
    {
        await using var host = await GateHost.StartAsync();
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        await client.ExecuteAsync();
        var session = Watch(host);

        switch (how)
        {
            case "cut":
                await host.Block("program1.exe").Completion.WithinBounds();
                break;
            case "released":
                await client.DisconnectAsync();
                break;
            case "expired":
                host.Clock.Advance(TimeSpan.FromHours(1));
                break;
            case "replaced":
                client.ProcessName = "OUTLOOK.EXE";
                await client.ConnectAsync();
                break;
        }

        // A connection's context, used again and again, holds on to its last request: give it another.
        client.Cookies = [];
        await client.ExecuteAsync();
        await BoundedWait.UntilAsync(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !session.IsAlive;
        });
    }

    // Apart, so that no local of the test's holds the session.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Watch(GateHost host) => new(host.Gatekeeper.Sessions.Single());
}
