using MapiGate.Tests.Configuration;
using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>What Status.IsByHand says beside a configuration that is followed.</summary>
public sealed class ByHandTests : IDisposable
{
    private readonly SignallingSource _other = new();
    private readonly MemoryFile _file = new(Document("a.exe"));
    private readonly FollowedContainer _container;

    public ByHandTests() => _container = new FollowedContainer(services => services.AddMapiGate(_file.Root(_other), "MapiGate"));

    private Gatekeeper Gatekeeper => _container.Gatekeeper;

    public void Dispose() => _container.Dispose();

    [Fact]
    public void IsByHand_FromTheApplyUntilTheNextEdit()
    {
        Gatekeeper.Status.IsByHand.Should().BeFalse();

        Gatekeeper.Apply(Gate.Blocking("b.exe"));
        Gatekeeper.Status.IsByHand.Should().BeTrue();
        _other.Signal();
        Gatekeeper.Status.IsByHand.Should().BeTrue("a signal that changes nothing is no edit");

        _file.Write(Document("c.exe"));
        Gatekeeper.Status.IsByHand.Should().BeFalse();
    }

    [Fact]
    public void IsByHand_StaysThroughAFileErrorAndItsRepair()
    {
        Gatekeeper.Apply(Gate.Blocking("b.exe"));

        _file.Write("{ garbage");
        Gatekeeper.Status.IsByHand.Should().BeTrue();
        _file.Write(Document("a.exe"));

        Gatekeeper.Status.IsByHand.Should().BeTrue();
        Gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _).Should().BeFalse();
    }

    [Fact]
    public void IsByHand_WithNothingFollowed_IsFalse()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Apply(Gate.Blocking("b.exe"));

        gatekeeper.Status.IsByHand.Should().BeFalse();
    }

    private static string Document(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";
}
