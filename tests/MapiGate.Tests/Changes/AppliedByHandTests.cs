using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>An Apply in code beside a configuration that is followed: what is in force is not what was last written.</summary>
public sealed class AppliedByHandTests : IDisposable
{
    private const string LastWritten = "The policy in force is the one last written.";

    private readonly SignallingSource _other = new();
    private readonly MemoryFile _file = new(Policy("a.exe"));
    private readonly ServiceProvider _services;
    private readonly Gatekeeper _gatekeeper;

    public AppliedByHandTests()
    {
        _services = new ServiceCollection().AddMapiGate(_file.Root(_other)).Services.BuildServiceProvider();
        _gatekeeper = _services.Gatekeeper();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Status_DoesNotSayThatItIsTheOneLastWritten()
    {
        _gatekeeper.Status.ToString().Should().Be(LastWritten);

        _gatekeeper.Apply(Gate.Blocking("b.exe"));

        _gatekeeper.Status.ToString().Should().NotBe(LastWritten);
    }

    [Fact]
    public void ASignalThatChangesNothing_LeavesItInForce_AndTheStatusTrue()
    {
        _gatekeeper.Apply(Gate.Blocking("b.exe"));

        _other.Signal();

        _gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _).Should().BeFalse();
        _gatekeeper.Status.ToString().Should().NotBe(LastWritten);
    }

    [Fact]
    public void TheNextEdit_TakesItsPlace_AndTheStatusSaysSo()
    {
        _gatekeeper.Apply(Gate.Blocking("b.exe"));

        _file.Write(Policy("c.exe"));

        _gatekeeper.TryLogon(Gate.Client("b.exe"), out _, out _).Should().BeTrue();
        _gatekeeper.TryLogon(Gate.Client("c.exe"), out _, out _).Should().BeFalse();
        _gatekeeper.Status.ToString().Should().Be(LastWritten);
    }

    [Fact]
    public void AnApplyOfWhatIsWritten_MakesTheStatusTrueAgain()
    {
        _gatekeeper.Apply(Gate.Blocking("b.exe"));
        _gatekeeper.Apply(Gate.Blocking("a.exe"));

        _gatekeeper.Status.ToString().Should().Be(LastWritten);
    }

    [Fact]
    public void WithNothingFollowed_AnApplyIsWhatWasLastWritten()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);

        gatekeeper.Apply(Gate.Blocking("b.exe"));

        gatekeeper.Status.ToString().Should().Be(LastWritten);
    }

    private static string Policy(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";
}
