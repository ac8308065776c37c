using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>The host may put in force by hand what the configuration asks for and is held.</summary>
public sealed class HeldAndByHandTests : IDisposable
{
    private static readonly MapiGateOptions Asked = new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 };

    private readonly SignallingSource _other = new();
    private readonly MemoryFile _file = new(Document("b.exe"));
    private readonly FollowedContainer _container;

    public HeldAndByHandTests()
    {
        _container = new FollowedContainer(_file.Root(_other));
        Gatekeeper.Logon("a.exe");
        _file.Write(Document("a.exe"));
        Gatekeeper.Status.Held.Should().NotBeNull();
    }

    private Gatekeeper Gatekeeper => _container.Gatekeeper;

    public void Dispose() => _container.Dispose();

    [Fact]
    public void AnApplyByHandOfWhatIsHeld_IsWhatIsWritten()
    {
        Gatekeeper.Apply(ConnectionPolicy.FromOptions(Asked), PolicyChangeMode.Forced).Disconnected.Should().Be(1);

        AssertThatItIsWhatIsWritten();
    }

    [Fact]
    public void AConfirmationOfWhatBothAskFor_IsWhatIsWritten()
    {
        var byHand = Gatekeeper.Apply(ConnectionPolicy.FromOptions(Asked)).Held!;

        Gatekeeper.Confirm(byHand.Fingerprint).Disconnected.Should().Be(1);

        AssertThatItIsWhatIsWritten();
    }

    private static string Document(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}", "MaxDisconnects": 0 } }""";

    private void AssertThatItIsWhatIsWritten()
    {
        Gatekeeper.Status.IsByHand.Should().BeFalse("the file says the very same");
        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
        var revision = Gatekeeper.Revision;
        _other.Signal();
        Gatekeeper.Revision.Should().Be(revision, "the file says nothing new");
    }
}
