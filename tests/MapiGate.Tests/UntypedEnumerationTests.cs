using System.Collections;

namespace MapiGate.Tests;

/// <summary>Data grids and scripts enumerate a collection without knowing the type of what is in it.</summary>
public class UntypedEnumerationTests
{
    [Fact]
    public void AProcessBlocklist_GivesItsEntries() =>
        Enumerate(ProcessBlocklist.Parse("b.exe; a*.exe")).Should().Equal("b.exe", "a*.exe");

    [Fact]
    public void AClientVersionBlocklist_GivesItsEntries() =>
        Enumerate(ClientVersionBlocklist.Parse("12-, 11")).Should().Equal("12-", "11");

    [Fact]
    public void TheSessionTable_GivesItsSessions()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon("a.exe");

        Enumerate(gatekeeper.Sessions).Should().ContainSingle().Which.Should().BeOfType<SessionInfo>().Which.Id.Should().Be(session.Id);
    }

    private static List<object?> Enumerate(IEnumerable collection)
    {
        var items = new List<object?>();
        foreach (var item in collection)
        {
            items.Add(item);
        }

        return items;
    }
}
