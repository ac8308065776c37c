using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>A restart begins from the policy last applied: it neither lets a held change through nor fails on a broken document.</summary>
public sealed class RememberPolicyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-").FullName;
    private readonly MemoryFile _file = new(Document("old.exe"));

    private string Path => System.IO.Path.Combine(_folder, "gate", "last.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AHeldChange_IsHeldAgainAfterARestart()
    {
        string fingerprint;
        using (var first = Start())
        {
            first.Gatekeeper.Logon("a.exe");
            _file.Write(Document("old.exe; a.exe"));
            fingerprint = first.Gatekeeper.Status.Held!.Fingerprint;
        }

        using var second = Start();

        second.Gatekeeper.Status.Held!.Fingerprint.Should().Be(fingerprint, "there are no sessions yet to count, and nobody has confirmed it");
        second.Denies("old.exe").Should().BeTrue();
        second.Denies("a.exe").Should().BeFalse();
        second.Gatekeeper.Confirm(fingerprint);
        second.Denies("a.exe").Should().BeTrue();
    }

    [Fact]
    public void AHeldChange_ConfirmedInTheDocumentWhileTheGateIsDown_IsMadeAtTheStart()
    {
        string fingerprint;
        using (var first = Start())
        {
            first.Gatekeeper.Logon("a.exe");
            _file.Write(Document("old.exe; a.exe"));
            fingerprint = first.Gatekeeper.Status.Held!.Fingerprint;
        }

        _file.Write(Document("old.exe; a.exe", confirm: fingerprint));
        using var second = Start();

        second.Gatekeeper.Status.Held.Should().BeNull();
        second.Denies("a.exe").Should().BeTrue();
    }

    [Fact]
    public void AnotherChange_WrittenWhileTheGateIsDown_IsAppliedAtTheStart()
    {
        using (var first = Start())
        {
            first.Gatekeeper.Logon("a.exe");
            _file.Write(Document("old.exe; a.exe"));
        }

        _file.Write(Document("other.exe"));
        using var second = Start();

        second.Gatekeeper.Status.Held.Should().BeNull();
        second.Denies("other.exe").Should().BeTrue();
        second.Denies("old.exe").Should().BeFalse();
    }

    [Theory]
    [InlineData("""{ "MapiGate": { "DisableMapiClients": "eleven" } }""")]
    [InlineData("""{ "MapiGate": { "DisableMapiClientProcesses": "", "ClientsWithoutProcessName": "Perhaps" } }""")]
    public void ADocumentThatIsNotValid_AtTheStart_LeavesTheLastPolicyInForce_AndSaysSo(string broken)
    {
        Start().Dispose();
        _file.Write(broken);

        using var second = Start();

        second.Denies("old.exe").Should().BeTrue();
        second.Gatekeeper.Status.Error.Should().NotBeNull();
        _file.Write(Document("new.exe"));
        second.Denies("new.exe").Should().BeTrue();
        second.Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    [Fact]
    public void WithoutAPlace_AWrongStartFails()
    {
        _file.Write("""{ "MapiGate": { "DisableMapiClients": "eleven" } }""");

        FluentActions.Invoking(() => new FollowedContainer(services => services.AddMapiGate(_file.Root(), "MapiGate"))).Should().Throw<Exception>();
    }

    [Fact]
    public void APolicyAppliedByHand_IsNotTheDocuments_AfterARestart()
    {
        using (var first = Start())
        {
            first.Gatekeeper.Apply(Gate.Blocking("byhand.exe"));
        }

        using var second = Start();

        second.Denies("old.exe").Should().BeTrue("a start applies what is written");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\0\0\0\0")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("""{ "something": "else" }""")]
    public void AMemoryThatIsHalfWritten_IsNoReasonNotToStart(string memory)
    {
        Start().Dispose();
        File.WriteAllText(Path, memory);

        using var second = Start();

        second.Denies("old.exe").Should().BeTrue();
        second.Gatekeeper.Status.Error.Should().BeNull("what is written can be read");
    }

    [Fact]
    public void AMemoryThatIsHalfWritten_AndABrokenDocument_FailTheStart()
    {
        Start().Dispose();
        File.WriteAllText(Path, "{");
        _file.Write("""{ "MapiGate": { "DisableMapiClients": "eleven" } }""");

        FluentActions.Invoking(Start).Should().Throw<Exception>("no policy is known, and to let everybody in is none");
    }

    [Fact]
    public void AnEndedExemption_DoesNotComeBackAfterARestart()
    {
        var clock = new SteppedClock();
        _file.Write(Document("old.exe", exempt: SteppedClock.Start.AddHours(1)));
        Start(clock).Dispose();
        clock.Advance(TimeSpan.FromHours(2));
        _file.Write("""{ "MapiGate": { "DisableMapiClients": "eleven" } }""");

        using var second = Start(clock);

        second.Gatekeeper.TryLogon(Gate.Client("old.exe", "svc"), out _, out _).Should().BeFalse();
    }

    [Fact]
    public void APlaceThatCannotBeWritten_IsReported_AndThePolicyIsInForceAllTheSame()
    {
        Directory.CreateDirectory(Path);

        using var container = Start();

        container.Denies("old.exe").Should().BeTrue();
        _file.Write(Document("new.exe"));
        container.Denies("new.exe").Should().BeTrue();
    }

    private static string Document(string processes, string? confirm = null, DateTimeOffset? exempt = null) => $$"""
        {
          "MapiGate": {
            "DisableMapiClientProcesses": "{{processes}}",
            "MaxDisconnects": 0,
            "ConfirmChange": "{{confirm}}",
            "Exemptions": { "svc": { "User": "svc", "Until": "{{exempt ?? SteppedClock.Start.AddYears(10):O}}" } }
          }
        }
        """;

    private FollowedContainer Start() => Start(TimeProvider.System);

    private FollowedContainer Start(TimeProvider clock) => new(services =>
    {
        services.AddSingleton(clock);
        return services.AddMapiGate(_file.Root(), "MapiGate").RememberPolicy(Path);
    });
}
