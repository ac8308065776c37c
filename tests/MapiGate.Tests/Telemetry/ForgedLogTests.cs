using System.Net;
using MapiGate.TestSupport;

namespace MapiGate.Tests.Telemetry;

/// <summary>What a client calls itself cannot read like another client, or like another part of the line.</summary>
public class ForgedLogTests
{
    private static readonly MapiClient Genuine = new()
    {
        ProcessNames = ["outlook.exe"],
        Version = new Version(16, 0, 1, 1),
        UserName = @"CORP\ceo",
        MachineName = "DC1",
        RemoteAddress = IPAddress.Parse("10.0.0.1"),
    };

    private readonly LogScribe _log = new();

    /// <summary>Names and machines that a client makes up.</summary>
    public static TheoryData<string, string?> Forgeries => new()
    {
        { @"outlook.exe 16.0.1.1 for CORP\ceo on DC1 at 10.0.0.1", null },
        { "outlook.exe", @"x for CORP\ceo on DC1 at 10.0.0.1" },
        { @"outlook.exe"" version ""16.0.1.1"" user ""CORP\ceo"" machine ""DC1"" address ""10.0.0.1", null },
        { "outlook.exe", @"DC1"" user ""CORP\ceo" },
        { @"outlook.exe\"" user \""CORP\ceo", null },
        { "outlook.exe\u201D user \u201CCORP\\ceo", null },
        { "outlook.exe", "DC1\" at \"10.0.0.1" },
    };

    [Fact]
    public void TwoClients_OneOfWhomForgesTheOther_HaveDifferentLines()
    {
        var genuine = RefusedLine(Genuine);
        var forged = RefusedLine(new() { ProcessNames = [@"outlook.exe 16.0.1.1 for CORP\ceo on DC1 at 10.0.0.1"] });

        forged.Should().NotBe(genuine);
    }

    [Fact]
    public void AClientOfSeveralNames_AndOneThatForgesThem_HaveDifferentLines() =>
        RefusedLine(new() { ProcessNames = ["a.exe", "b.exe"] }).Should().NotBe(RefusedLine(new() { ProcessNames = ["a.exe + b.exe"] }));

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void ARefusal_OfOneWhoIsNoUser_NamesNone(string process, string? machine)
    {
        var line = RefusedLine(new() { ProcessNames = [process], MachineName = machine });

        // Outside the quotes there is nothing that the client wrote: so its quotes must not end any.
        Unquoted(line).Should().NotContain("ceo").And.NotContain("10.0.0.1").And.NotContain("16.0.1.1").And.NotContain("DC1");
    }

    [Fact]
    public void ARefusal_NamesEachThingThatTheClientSaid_InQuotes() =>
        RefusedLine(Genuine).Should().StartWith("Logon refused by rule \"*\": process \"outlook.exe\" version \"16.0.1.1\"")
            .And.ContainAll(@"user ""CORP\ceo""", "machine \"DC1\"", "address \"10.0.0.1\"");

    [Fact]
    public void ARefusal_KeepsItsValuesApart()
    {
        RefusedLine(Genuine);
        var values = _log.Lines.Single(line => line.Event.Name == "LogonRefused").Values.Values.Select(value => value?.ToString()).ToList();

        values.Should().Contain("outlook.exe").And.Contain("16.0.1.1").And.Contain(@"CORP\ceo").And.Contain("DC1").And.Contain("10.0.0.1");
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task ADisconnect_OfOneWhoIsNoUser_NamesNone(string process, string? machine)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: _log.For<Gatekeeper>());
        gatekeeper.TryLogon(new() { ProcessNames = [process], MachineName = machine }, out var session, out _);
        session!.Disconnected.Register(() => throw new InvalidOperationException("host bug"));

        gatekeeper.Apply(Gate.Blocking("*"));

        Unquoted((await _log.WaitForAsync("SessionDisconnected")).Message).Should().NotContain("ceo").And.NotContain("DC1");
        Unquoted((await _log.WaitForAsync("DisconnectCallbackFailed")).Message).Should().NotContain("ceo").And.NotContain("DC1");
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void AReportedLogon_OfOneWhoIsNoUser_NamesNone(string process, string? machine)
    {
        new Gatekeeper(ConnectionPolicy.FromOptions(new() { ReportOnly = { DisableMapiClientProcesses = "*" } }), logger: _log.For<Gatekeeper>())
            .TryLogon(new() { ProcessNames = [process], MachineName = machine }, out _, out _).Should().BeTrue();

        _log.Lines.Should().NotBeEmpty();
        _log.Lines.Select(line => Unquoted(line.Message)).Should().OnlyContain(line => !line.Contains("ceo") && !line.Contains("DC1"));
    }

    [Fact]
    public void AHold_OfAProgramThatNamesAnotherAndACount_QuotesIt()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Logon("OUTLOOK.EXE 9000, x.exe");

        var hold = gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "*", MaxDisconnects = 0 })).Held!;

        Unquoted(hold.ToString()).Should().NotContain("OUTLOOK");
    }

    private string RefusedLine(MapiClient client)
    {
        new Gatekeeper(Gate.Blocking("*"), logger: _log.For<Gatekeeper>()).TryLogon(client, out _, out _).Should().BeFalse();
        return _log.Lines.Last(line => line.Event.Name == "LogonRefused").Message;
    }

    // What a reader takes for the gate's own words: whatever stands between quotes is left out.
    private static string Unquoted(string line) => string.Concat(line.Split('"').Where((_, part) => part % 2 == 0));
}
