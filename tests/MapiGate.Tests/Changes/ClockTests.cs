using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>Wall clocks are set, machines are suspended: what ends at a moment ends when the clock on the wall has passed it.</summary>
public class ClockTests
{
    private readonly SteppedClock _clock = new();

    [Theory]
    [InlineData(6, 7)]
    [InlineData(24 * 30, 24 * 40)]
    public void AClockThatIsSetForward_PastAnEnd_IsHeardWithinAMinute(int endsInHours, int setForwardByHours)
    {
        using var services = Start(endsInHours);
        var session = services.Gatekeeper().Logon("backup.exe", "svc");

        _clock.Step(TimeSpan.FromHours(setForwardByHours));
        _clock.Advance(TimeSpan.FromMinutes(1));

        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void ALongTimeInManySteps_EndsItWithinAMinute()
    {
        using var services = Start(endsInHours: 100);
        var session = services.Gatekeeper().Logon("backup.exe", "svc");

        for (var hour = 0; hour < 100; hour++)
        {
            session.IsDisconnected.Should().BeFalse();
            _clock.Step(TimeSpan.FromMinutes(59));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void AClockThatIsSetBack_KeepsTheExemption_UntilItsEndComesAgain()
    {
        using var services = Start(endsInHours: 6);
        var session = services.Gatekeeper().Logon("backup.exe", "svc");

        _clock.Step(TimeSpan.FromHours(-3));
        _clock.Advance(TimeSpan.FromHours(8));
        session.IsDisconnected.Should().BeFalse("it is an hour before the end");
        _clock.Advance(TimeSpan.FromHours(1));

        session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void AClockThatWasWrongForAMoment_EndsNoExemptionForGood()
    {
        using var services = Start(endsInHours: 6);
        _ = services.Gatekeeper();

        _clock.Step(TimeSpan.FromHours(7));
        _clock.Advance(TimeSpan.FromHours(6));
        _clock.Step(TimeSpan.FromHours(-12));
        _clock.Advance(TimeSpan.FromMinutes(1));

        services.Gatekeeper().TryLogon(Gate.Client("backup.exe", "svc"), out _, out _).Should().BeTrue("the exemption is in force at this moment");
    }

    [Fact]
    public void WhenTheContainerIsDisposed_NoTimerIsLeft()
    {
        var services = Start(endsInHours: 6);
        _ = services.Gatekeeper();

        services.Dispose();

        _clock.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public void AfterTheContainerIsDisposed_AnEndChangesNothing()
    {
        var services = Start(endsInHours: 6);
        var gatekeeper = services.Gatekeeper();
        services.Dispose();

        _clock.Advance(TimeSpan.FromHours(12));

        gatekeeper.Revision.Should().Be(0);
    }

    [Fact]
    public void APolicyWithoutMoments_SetsNoTimer()
    {
        using var services = Start(endsInHours: 6);
        services.Gatekeeper().Apply(ConnectionPolicy.AllowAll);

        _clock.ActiveTimers.Should().BeLessThanOrEqualTo(1, "the gate may look at the clock now and then, and no more");
    }

    private ServiceProvider Start(int endsInHours)
    {
        var file = new MemoryFile($$"""
            {
              "MapiGate": {
                "DisableMapiClientProcesses": "backup.exe",
                "Exemptions": { "svc": { "User": "svc", "Until": "{{SteppedClock.Start.AddHours(endsInHours):O}}" } }
              }
            }
            """);
        return new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddMapiGate(file.Root()).Services.BuildServiceProvider();
    }
}
