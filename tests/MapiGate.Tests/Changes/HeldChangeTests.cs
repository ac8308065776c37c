using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>A change that is held stays held, whatever else happens, until it is confirmed or withdrawn.</summary>
public sealed class HeldChangeTests : IDisposable
{
    private readonly SteppedClock _clock = new();
    private readonly SignallingSource _other = new();
    private readonly MemoryFile _file;
    private readonly ServiceProvider _services;
    private readonly Gatekeeper _gatekeeper;
    private readonly MapiSession _session;
    private readonly MapiSession _service;

    // backup.exe is refused but for one user, for an hour; then the file says that a.exe is to be refused too, and that is held.
    public HeldChangeTests()
    {
        _file = new MemoryFile(Policy("backup.exe"));
        _services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddMapiGate(_file.Root(_other)).Services.BuildServiceProvider();
        _gatekeeper = _services.Gatekeeper();
        _session = _gatekeeper.Logon("a.exe");
        _service = _gatekeeper.Logon("backup.exe", "svc");
        _file.Write(Policy("backup.exe; a.exe"));
        _gatekeeper.Status.Held.Should().NotBeNull();
    }

    private PolicyHold? Held => _gatekeeper.Status.Held;

    public void Dispose() => _services.Dispose();

    [Fact]
    public void AnExemptionsEnd_LeavesItHeld()
    {
        var fingerprint = Held!.Fingerprint;

        _clock.Advance(TimeSpan.FromHours(2));

        _service.IsDisconnected.Should().BeTrue("its exemption has ended");
        _session.IsDisconnected.Should().BeFalse();
        Held.Should().NotBeNull();
        Held!.Fingerprint.Should().Be(fingerprint);
        _gatekeeper.Status.IsLastKnownGood.Should().BeTrue();
    }

    [Fact]
    public void AnExemptionsEnd_AndThenTheConfirmation_MakesIt()
    {
        var fingerprint = Held!.Fingerprint;
        _clock.Advance(TimeSpan.FromHours(2));

        _file.Write(Policy("backup.exe; a.exe", confirm: fingerprint));

        _session.IsDisconnected.Should().BeTrue();
        Held.Should().BeNull();
    }

    [Fact]
    public void AnApplyByHand_LeavesItHeld()
    {
        _gatekeeper.Apply(Gate.Blocking("backup.exe; other.exe")).Held.Should().BeNull();

        Held.Should().NotBeNull("what the file says is still waiting");
        _gatekeeper.Status.ToString().Should().NotContain("is the one last written");
    }

    [Fact]
    public void AnApplyByHand_AndThenTheConfirmation_MakesIt()
    {
        var fingerprint = Held!.Fingerprint;
        _gatekeeper.Apply(Gate.Blocking("other.exe"));

        _file.Write(Policy("backup.exe; a.exe", confirm: fingerprint));

        _session.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void AFileErrorAndItsRepair_LeavesItHeld()
    {
        _file.Write("{ garbage");
        Held.Should().NotBeNull();
        _gatekeeper.Status.Error.Should().NotBeNull();

        _file.Write(Policy("backup.exe; a.exe"));

        Held.Should().NotBeNull();
        _gatekeeper.Status.Error.Should().BeNull();
        _session.IsDisconnected.Should().BeFalse();
    }

    [Fact]
    public void AFileErrorWhileItIsHeld_AndAnExemptionsEnd_LeavesBothInTheStatus()
    {
        _file.Write("{ garbage");

        _clock.Advance(TimeSpan.FromHours(2));

        Held.Should().NotBeNull();
        _gatekeeper.Status.Error.Should().NotBeNull();
    }

    [Fact]
    public void AWrongValueAndItsRepair_LeavesItHeld()
    {
        _other.Invoking(other => other.Write("MapiGate:MaxDisconnectPercent", "perhaps")).Should().Throw<Exception>("that is the options monitor's complaint");
        _gatekeeper.Status.Error.Should().NotBeNull();

        _other.Write("MapiGate:MaxDisconnectPercent", "");

        Held.Should().NotBeNull();
        _gatekeeper.Status.Error.Should().BeNull();
    }

    [Fact]
    public void ASignalThatChangesNothing_LeavesItHeld()
    {
        _other.Signal();

        Held.Should().NotBeNull();
    }

    [Fact]
    public void WhenTheFileSaysWhatIsInForceAgain_ItIsWithdrawn()
    {
        _file.Write(Policy("backup.exe"));

        Held.Should().BeNull();
        _gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    [Fact]
    public void AChangeHeldByHand_SurvivesASignalThatChangesNothing()
    {
        _file.Write(Policy("backup.exe"));
        var byHand = _gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 })).Held;
        byHand.Should().NotBeNull();

        _other.Signal();

        Held.Should().NotBeNull("nobody has confirmed or withdrawn it");
    }

    [Fact]
    public void WithNothingFollowed_AnExemptionsEnd_LeavesItHeld()
    {
        var policy = _gatekeeper.Policy;
        var gatekeeper = new Gatekeeper(policy, _clock);
        gatekeeper.Logon("a.exe");
        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 })).Held.Should().NotBeNull();

        _clock.Advance(TimeSpan.FromHours(2));

        gatekeeper.Status.Held.Should().NotBeNull();
    }

    [Fact]
    public void Since_IsWhenItWasHeld_NotWhenAnErrorCame()
    {
        var since = _gatekeeper.Status.Since;
        _clock.Advance(TimeSpan.FromMinutes(1));
        _file.Write("{ garbage");
        _clock.Advance(TimeSpan.FromMinutes(1));

        _file.Write(Policy("backup.exe; a.exe"));

        _gatekeeper.Status.Since.Should().Be(since);
    }

    // Named entries: today's reader takes them for the items of a list.
    private static string Policy(string processes, string? confirm = null) => $$"""
        {
          "MapiGate": {
            "DisableMapiClientProcesses": "{{processes}}",
            "MaxDisconnects": 0,
            "ConfirmChange": "{{confirm}}",
            "Exemptions": { "svc": { "User": "svc", "Until": "{{SteppedClock.Start.AddHours(1):O}}" } }
          }
        }
        """;
}
