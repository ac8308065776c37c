using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Changes;

/// <summary>One text under two keys is two rules: what moves from one to the other is a change like any other.</summary>
public class RuleUnderItsKeyTests
{
    /// <summary>Two documents that judge differently, and are spelt as alike as may be.</summary>
    public static TheoryData<string, string> Documents => new()
    {
        { """ "DisableMapiClientProcesses": "11.0.5608.5606" """, """ "DisableMapiClients": "11.0.5608.5606" """ },
        { """ "DisableMapiClientProcesses": "report only a.exe" """, """ "ReportOnly": { "DisableMapiClientProcesses": "a.exe" } """ },
        { """ "DisableMapiClientProcesses": "a.exe", "ReportOnly": { "DisableMapiClientProcesses": "11" } """, """ "DisableMapiClientProcesses": "a.exe", "ReportOnly": { "DisableMapiClients": "11" } """ },
        { """ "DisableMapiClientProcesses": "ClientsWithoutProcessName = Deny" """, """ "ClientsWithoutProcessName": "Deny" """ },
        { """ "DisableMapiClientProcesses": "ClientsWithoutVersion = Deny" """, """ "ClientsWithoutVersion": "Deny" """ },
        { """ "DisableMapiClientProcesses": "a.exe; Mode = ReportOnly" """, """ "DisableMapiClientProcesses": "a.exe", "Mode": "ReportOnly" """ },
        { """ "DisableMapiClientProcesses": "a.exe; except User svc" """, """ "DisableMapiClientProcesses": "a.exe", "Exemptions": { "one": { "User": "svc" } } """ },
        { """ "DisableMapiClientProcesses": "a.exe", "Exemptions": { "one": { "User": "svc, Reason night" } } """, """ "DisableMapiClientProcesses": "a.exe", "Exemptions": { "one": { "User": "svc", "Reason": "night" } } """ },
        { """ "DisableMapiClientProcesses": "a.exe", "Exemptions": { "one": { "Process": "b.exe, User svc" } } """, """ "DisableMapiClientProcesses": "a.exe", "Exemptions": { "one": { "Process": "b.exe", "User": "svc" } } """ },
        { """ "DisableMapiClientProcesses": "a.exe", "Exemptions": { "one": { "User": "jane", "Reason": "x\nEXCEPT USER JOHN" } } """, """ "DisableMapiClientProcesses": "a.exe", "Exemptions": { "one": { "User": "jane", "Reason": "x" }, "two": { "User": "john" } } """ },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void AnEditThatMovesATextToAnotherKey_IsAChange(string before, string after)
    {
        var file = new MemoryFile(Document(before));
        using var services = new ServiceCollection().AddMapiGate(file.Root()).Services.BuildServiceProvider();
        var gatekeeper = services.Gatekeeper();

        file.Write(Document(after));

        gatekeeper.Revision.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void TwoDocumentsThatJudgeDifferently_HaveFingerprintsOfTheirOwn(string one, string other) =>
        FingerprintOf(Document(one)).Should().NotBe(FingerprintOf(Document(other)));

    [Fact]
    public void AVersionMovedOutOfTheProgramsIntoTheVersions_DisconnectsItsSessions()
    {
        var file = new MemoryFile("""{ "MapiGate": { "DisableMapiClientProcesses": "11.0.5608.5606" } }""");
        using var services = new ServiceCollection().AddMapiGate(file.Root()).Services.BuildServiceProvider();
        services.Gatekeeper().TryLogon(new MapiClient { ProcessNames = ["outlook.exe"], Version = new(11, 0, 5608, 5606) }, out var session, out _).Should().BeTrue();

        file.Write("""{ "MapiGate": { "DisableMapiClients": "11.0.5608.5606" } }""");

        session!.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public async Task TheLogOfSuchAChange_SaysThatSomethingChanged()
    {
        var log = new RecordingLogger();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "11.0.5608.5606" }), logger: log.For<Gatekeeper>());

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClients = "11.0.5608.5606" }));

        (await log.WaitForAsync("PolicyChanged")).Message.Should().NotContain("added (none)").And.NotContain("removed (none)");
    }

    [Fact]
    public void AFingerprint_IsLongEnoughThatNobodyFindsASecondTextForIt() =>
        FingerprintOf(Document(""" "DisableMapiClientProcesses": "a.exe" """)).Length.Should().BeGreaterThanOrEqualTo(128 / 6, "128 bits take as many characters, however they are written");

    [Fact]
    public void AFingerprint_DoesNotTellTheHostsOwnProgramsApart()
    {
        var one = new MapiGateOptions { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0, OwnProcesses = { "store.exe" } };
        var other = new MapiGateOptions { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0, OwnProcesses = { "gateway.exe" } };

        FingerprintOf(ConnectionPolicy.FromOptions(one)).Should().Be(FingerprintOf(ConnectionPolicy.FromOptions(other)), "one document is one policy on every server");
    }

    private static string Document(string keys) => $$"""{ "MapiGate": { "MaxDisconnects": 0, {{keys}} } }""";

    private static string FingerprintOf(string document)
    {
        using var services = Json.Services(document);
        return FingerprintOf(services.Gatekeeper().Policy);
    }

    // A change that is held tells its fingerprint: so there must be somebody whom each of the documents denies, and one for those that deny nobody.
    private static string FingerprintOf(IConnectionPolicy policy)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        string[] names = ["a.exe", "11.0.5608.5606", "report only a.exe", "ClientsWithoutProcessName = Deny", "ClientsWithoutVersion = Deny", ""];
        foreach (var name in names)
        {
            gatekeeper.TryLogon(new MapiClient { ProcessNames = [name], Version = new(11, 0, 5608, 5606) }, out _, out _).Should().BeTrue();
            gatekeeper.TryLogon(new MapiClient { ProcessNames = [name] }, out _, out _).Should().BeTrue();
        }

        return gatekeeper.Apply(policy).Held?.Fingerprint ?? "(denies nobody)";
    }
}
