using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>
/// Nobody can count today whom a rule will cut that begins tomorrow: so when it begins it is asked about again, and may be held.
/// </summary>
public sealed class FuseAtBeginningTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SteppedClock _clock = new();
    private readonly SignallingSource _other = new();
    private readonly MemoryFile _file = new(Document());
    private readonly FollowedContainer _container;
    private readonly MapiSession _session;

    public FuseAtBeginningTests()
    {
        _container = new FollowedContainer(services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            return services.AddMapiGate(_file.Root(_other), "MapiGate");
        });
        _session = Gatekeeper.Logon("a.exe");
    }

    private Gatekeeper Gatekeeper => _container.Gatekeeper;

    private bool IsInForce => Gatekeeper.InForce.Rules.Single(rule => rule.Name == "rule").IsInForce;

    public void Dispose() => _container.Dispose();

    [Fact]
    public async Task AtItsBeginning_ARuleThatWouldCutTooMany_IsHeld_AndEverybodyCanSeeIt()
    {
        var fingerprint = Gatekeeper.InForce.Fingerprint;

        _clock.Advance(Hour);

        _session.IsDisconnected.Should().BeFalse();
        _container.Denies("a.exe").Should().BeFalse();
        IsInForce.Should().BeFalse();
        Gatekeeper.Revision.Should().Be(0);
        var held = Gatekeeper.Status.Held!;
        held.Should().BeEquivalentTo(new { Fingerprint = fingerprint, Disconnects = 1L, Sessions = 1L, Limit = "MaxDisconnects = 0", Since = SteppedClock.Start + Hour });
        held.ByProgram.Should().Equal(new Dictionary<string, long> { ["a.exe"] = 1 });
        Gatekeeper.Status.IsLastKnownGood.Should().BeTrue();
        Gatekeeper.Status.IsByHand.Should().BeFalse();
        Gatekeeper.Journal.Recent.Should().ContainSingle(entry => entry.Kind == JournalEntryKind.PolicyHeld).Which.Hold.Should().BeSameAs(held);
    }

    [Fact]
    public void AtItsBeginning_ARuleThatCutsFewEnough_IsInForce()
    {
        _session.Dispose();

        _clock.Advance(Hour);

        Gatekeeper.Status.Held.Should().BeNull();
        _container.Denies("a.exe").Should().BeTrue();
    }

    [Fact]
    public void ThatItStaysHeld_IsSoWhateverElseHappens()
    {
        _clock.Advance(Hour);
        var held = Gatekeeper.Status.Held;

        _other.Signal();
        _session.Dispose();
        _clock.Advance(TimeSpan.FromMinutes(30));
        _file.Write("{ garbage");
        _file.Write(Document());

        Gatekeeper.Status.Held.Should().Be(held, "nobody has confirmed or withdrawn it");
        IsInForce.Should().BeFalse();
    }

    [Fact]
    public void Confirmed_ItIsInForce_AndCuts()
    {
        _clock.Advance(Hour);

        var receipt = Gatekeeper.Confirm(Gatekeeper.Status.Held!.Fingerprint);

        (receipt.Revision, receipt.Disconnected).Should().Be((1L, 1L));
        _session.Verdict.Rule.Should().Be("rule");
        IsInForce.Should().BeTrue();
        Gatekeeper.Status.ToString().Should().Be("The policy in force is the one last written.");
        _other.Signal();
        Gatekeeper.Revision.Should().Be(1);
    }

    [Fact]
    public void ConfirmedInTheFile_ItIsInForce_AndCuts()
    {
        _clock.Advance(Hour);

        _file.Write(Document(confirm: Gatekeeper.Status.Held!.Fingerprint));

        _session.Verdict.Rule.Should().Be("rule");
        Gatekeeper.Status.ToString().Should().Be("The policy in force is the one last written.");
    }

    [Fact]
    public void ConfirmedInTheFileBefore_ItIsNotHeldAtAll()
    {
        _file.Write(Document(confirm: Gatekeeper.InForce.Fingerprint));

        _clock.Advance(Hour);

        _session.IsDisconnected.Should().BeTrue();
        Gatekeeper.Status.Held.Should().BeNull();
    }

    [Fact]
    public void Withdrawn_ItStaysOut_AndTheStatusSaysThatTheFileSaysOtherwise()
    {
        _clock.Advance(Hour);

        Gatekeeper.Withdraw(Gatekeeper.Status.Held!.Fingerprint);
        _other.Signal();
        _clock.Advance(TimeSpan.FromMinutes(30));

        Gatekeeper.Status.Held.Should().BeNull();
        Gatekeeper.Status.IsByHand.Should().BeTrue();
        _session.IsDisconnected.Should().BeFalse();
        IsInForce.Should().BeFalse();
        Gatekeeper.Journal.Recent.Should().ContainSingle(entry => entry.Kind == JournalEntryKind.PolicyWithdrawn);
    }

    [Fact]
    public void WhenItEndsWhileItWaits_ThereIsNothingToConfirm()
    {
        _clock.Advance(Hour);
        var fingerprint = Gatekeeper.Status.Held!.Fingerprint;

        _clock.Advance(Hour);

        Gatekeeper.Status.Held.Should().BeNull();
        Gatekeeper.Status.ToString().Should().Be("The policy in force is the one last written.");
        _session.IsDisconnected.Should().BeFalse();
        Gatekeeper.Invoking(gate => gate.Confirm(fingerprint)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void WhenSomethingElseIsWritten_ThereIsNothingToConfirm()
    {
        _clock.Advance(Hour);

        _file.Write("""{ "MapiGate": { "DisableMapiClientProcesses": "b.exe" } }""");

        Gatekeeper.Status.ToString().Should().Be("The policy in force is the one last written.");
        _session.IsDisconnected.Should().BeFalse();
    }

    [Fact]
    public void AnExemptionThatEndsAtThatMoment_EndsAllTheSame()
    {
        _file.Write(Document(more: $$""", "DisableMapiClientProcesses": "backup.exe", "Exemptions": { "svc": { "User": "svc", "Until": "{{SteppedClock.Start + Hour:O}}" } }"""));
        _file.Write(Document(more: $$""", "DisableMapiClientProcesses": "backup.exe", "Exemptions": { "svc": { "User": "svc", "Until": "{{SteppedClock.Start + Hour:O}}" } }""", confirm: Gatekeeper.Status.Held!.Fingerprint));
        _file.Write(Document(more: $$""", "DisableMapiClientProcesses": "backup.exe", "Exemptions": { "svc": { "User": "svc", "Until": "{{SteppedClock.Start + Hour:O}}" } }"""));
        var exempt = Gatekeeper.Logon("backup.exe", "svc");

        _clock.Advance(Hour);

        exempt.IsDisconnected.Should().BeTrue("whoever wrote the end has agreed to it");
        _session.IsDisconnected.Should().BeFalse();
        Gatekeeper.Status.Held.Should().NotBeNull();
    }

    [Fact]
    public void AnEditOfSomethingElse_JustAfterTheClockWasSetForward_IsNoWayPastTheFuse()
    {
        // The rule should have begun; the gate has not looked at the clock yet, and the file is touched.
        _clock.Step(Hour);
        _file.Write(Document(more: """, "Misspelt": "x" """));

        _session.IsDisconnected.Should().BeFalse("the fuse was not asked");
        _clock.Advance(TimeSpan.FromMinutes(1));
        Gatekeeper.Status.Held.Should().NotBeNull();
        _session.IsDisconnected.Should().BeFalse();
    }

    private static string Document(string? confirm = null, string? more = null) => $$"""
        {
          "MapiGate": {
            "MaxDisconnects": 0,
            "ConfirmChange": "{{confirm}}",
            "Rules": { "rule": { "Process": "a.exe", "From": "{{SteppedClock.Start + Hour:O}}", "Until": "{{SteppedClock.Start + (2 * Hour):O}}" } }
            {{more}}
          }
        }
        """;
}
