using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>A held change is confirmed or withdrawn by its fingerprint, whatever has happened since it was held.</summary>
public sealed class ConfirmTests : IDisposable
{
    private readonly SteppedClock _clock = new();
    private readonly SignallingSource _other = new();
    private readonly MemoryFile _file = new(Document("b.exe"));
    private readonly FollowedContainer _container;
    private readonly MapiSession _session;
    private readonly string _held;

    public ConfirmTests()
    {
        _container = new FollowedContainer(services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            return services.AddMapiGate(_file.Root(_other), "MapiGate");
        });
        _session = Gatekeeper.Logon("a.exe");
        _file.Write(Document("b.exe; a.exe"));
        _held = Gatekeeper.Status.Held!.Fingerprint;
    }

    private Gatekeeper Gatekeeper => _container.Gatekeeper;

    public void Dispose() => _container.Dispose();

    [Fact]
    public void Confirm_MakesIt()
    {
        var receipt = Gatekeeper.Confirm(_held);

        receipt.Disconnected.Should().Be(1);
        receipt.Held.Should().BeNull();
        _session.IsDisconnected.Should().BeTrue();
        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
        Gatekeeper.Status.IsByHand.Should().BeFalse("it is what the file says");
    }

    [Fact]
    public void Confirm_AfterAnExemptionsEnd_MakesIt()
    {
        _clock.Advance(TimeSpan.FromHours(2));

        Gatekeeper.Confirm(_held).Disconnected.Should().Be(1);
    }

    [Fact]
    public void Confirm_AfterAnApplyByHand_MakesIt()
    {
        Gatekeeper.Apply(Gate.Blocking("c.exe"));

        Gatekeeper.Confirm(_held).Disconnected.Should().Be(1);
        Gatekeeper.Status.IsByHand.Should().BeFalse();
    }

    [Fact]
    public void Confirm_WhileTheFileIsBroken_MakesIt_AndTheErrorStays()
    {
        _file.Write("{ garbage");

        Gatekeeper.Confirm(_held).Disconnected.Should().Be(1);
        Gatekeeper.Status.Held.Should().BeNull();
        Gatekeeper.Status.Error.Should().NotBeNull();
    }

    [Fact]
    public void Confirm_AndThenASignalThatChangesNothing_ChangesNothing()
    {
        Gatekeeper.Confirm(_held);
        var revision = Gatekeeper.Revision;

        _other.Signal();

        Gatekeeper.Revision.Should().Be(revision);
        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    [Fact]
    public void Confirm_OfAnotherChange_Throws_AndNobodyIsCut()
    {
        Gatekeeper.Invoking(gate => gate.Confirm("0123456789abcdef0123456789abcdef")).Should().Throw<InvalidOperationException>();
        Gatekeeper.Invoking(gate => gate.Withdraw("0123456789abcdef0123456789abcdef")).Should().Throw<InvalidOperationException>();

        _session.IsDisconnected.Should().BeFalse();
        Gatekeeper.Status.Held!.Fingerprint.Should().Be(_held);
    }

    [Fact]
    public void Confirm_ByTwoAdministratorsAtOnce_MakesItOnce()
    {
        var made = 0;
        var refused = 0;

        Parallel.For(0, 8, _ =>
        {
            try
            {
                Gatekeeper.Confirm(_held);
                Interlocked.Increment(ref made);
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref refused);
            }
        });

        (made, refused).Should().Be((1, 7));
        Gatekeeper.Revision.Should().Be(1);
    }

    [Fact]
    public void Withdraw_LeavesThePolicyInForce_AndTheSameTextIsNotHeldAgainByASignal()
    {
        Gatekeeper.Withdraw(_held);
        _other.Signal();

        Gatekeeper.Status.Held.Should().BeNull();
        _session.IsDisconnected.Should().BeFalse();
        Gatekeeper.Invoking(gate => gate.Confirm(_held)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Since_IsTheMomentOfTheHold()
    {
        var since = Gatekeeper.Status.Held!.Since;
        _clock.Advance(TimeSpan.FromHours(2));
        Gatekeeper.Apply(Gate.Blocking("c.exe"));

        Gatekeeper.Status.Held!.Since.Should().Be(since);
    }

    [Fact]
    public void Confirm_OfAnotherChange_SaysWhichIsHeld() =>
        Gatekeeper.Invoking(gate => gate.Confirm("abc")).Should().Throw<InvalidOperationException>()
            .WithMessage($"The change abc is not held; {_held} is. Look at the status again.");

    [Fact]
    public void ConfirmAndWithdraw_WhenNothingIsHeld_SaySo()
    {
        Gatekeeper.Confirm(_held);

        Gatekeeper.Invoking(gate => gate.Confirm(_held)).Should().Throw<InvalidOperationException>().WithMessage($"The change {_held} is not held: none is.");
        Gatekeeper.Invoking(gate => gate.Withdraw(_held)).Should().Throw<InvalidOperationException>().WithMessage($"The change {_held} is not held: none is.");
        Gatekeeper.Invoking(gate => gate.Confirm(null!)).Should().Throw<ArgumentNullException>();
        Gatekeeper.Invoking(gate => gate.Withdraw(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void OfTwoChangesHeld_EachIsDealtWithByItself()
    {
        var byHand = Gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "*", MaxDisconnects = 0 })).Held!;
        Gatekeeper.Status.Holds.Select(hold => hold.Fingerprint).Should().Equal(_held, byHand.Fingerprint);

        Gatekeeper.Withdraw(byHand.Fingerprint);

        Gatekeeper.Status.Holds.Select(hold => hold.Fingerprint).Should().Equal(_held);
        Gatekeeper.Confirm(_held).Disconnected.Should().Be(1);
    }

    private static string Document(string processes) => $$"""
        {
          "MapiGate": {
            "DisableMapiClientProcesses": "{{processes}}",
            "MaxDisconnects": 0,
            "Exemptions": { "svc": { "User": "svc", "Until": "{{SteppedClock.Start.AddHours(1):O}}" } }
          }
        }
        """;
}
