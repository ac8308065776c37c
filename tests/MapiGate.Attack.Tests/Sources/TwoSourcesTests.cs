using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;

namespace MapiGate.Attack.Tests.Sources;

public class TwoSourcesTests
{
    private const int Damages = 20;

    [Fact]
    public async Task AFileBrokenOverAndOver_WhileAnotherSourceSignalsAllTheTime_NeverLetsABlockedProgramIn()
    {
        var restless = new RestlessSource();
        using var file = new FollowedFile(FollowedFile.Blocking("program1.exe"), restless);
        using var stop = new CancellationTokenSource();
        var signalling = Task.Run(() =>
        {
            while (!stopped(stop))
            {
                restless.Signal();
            }
        });
        var knocking = Task.Run(() =>
        {
            var letIn = 0;
            while (!stopped(stop))
            {
                letIn += file.Denies("program1.exe") ? 0 : 1;
            }

            return letIn;
        });

        for (var i = 0; i < Damages; i++)
        {
            await file.BreakAsync(() => file.Replace($"{{ garbage {i}"));
            file.Replace(FollowedFile.Blocking("program1.exe"));
            file.ShouldSoonDeny("program1.exe");
        }

        await stop.CancelAsync();
        await signalling.WithinBounds();
        (await knocking.WithinBounds()).Should().Be(0);

        static bool stopped(CancellationTokenSource stop) => stop.IsCancellationRequested;
    }

    /// <summary>A source beside the file that announces a change although there is none.</summary>
    private sealed class RestlessSource : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Signal() => OnReload();
    }
}
