using MapiGate.TestSupport;

namespace MapiGate.Tests.Configuration;

/// <summary>An edit may change nothing but what is odd about the policy.</summary>
public sealed class RenewedFindingsTests : IDisposable
{
    private readonly MemoryFile _file = new(Document("""  "DisableMapiClientProcesses": "a.exe" """));
    private readonly FollowedContainer _container;

    public RenewedFindingsTests() => _container = new FollowedContainer(_file.Root());

    private IEnumerable<string> Codes => _container.Gatekeeper.Findings.Select(finding => finding.Code);

    public void Dispose() => _container.Dispose();

    [Theory]
    [InlineData(""" "DisableMapiClientProcesses": "a.exe", "DisableMapiClientProceses": "b.exe" """, "MG1017")]
    [InlineData(""" "DisableMapiClientProcesses": "a.exe; A.EXE" """, "MG1001")]
    [InlineData(""" "DisableMapiClientProcesses": "\"a.exe\"" """, "MG1002")]
    [InlineData(""" "DisableMapiClientProcesses": "C:\\x\\a.exe" """, "MG1003")]
    public void AnEditThatOnlyAddsAFinding_AddsIt_AndOneThatOnlyTakesItAwayTakesItAway(string keys, string code)
    {
        Codes.Should().BeEmpty();

        _file.Write(Document(keys));
        Codes.Should().Equal(code);

        _file.Write(Document(""" "DisableMapiClientProcesses": "a.exe" """));
        Codes.Should().BeEmpty();
        _container.Denies("a.exe").Should().BeTrue();
    }

    private static string Document(string keys) => $$"""{ "MapiGate": { {{keys}} } }""";
}
