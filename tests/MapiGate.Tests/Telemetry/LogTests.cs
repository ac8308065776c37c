using MapiGate.TestSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Telemetry;

public class LogTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void ARefusal_NamesRuleAndClient()
    {
        new Gatekeeper(Gate.Blocking("program1.exe"), logger: _log.For<Gatekeeper>()).TryLogon(Gate.Client("program1.exe", "jane"), out _, out _);

        _log.Entries.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Level = LogLevel.Information,
            EventId = new EventId(101, "LogonRefused"),
            Message = "Logon refused by rule \"program1.exe\": process \"program1.exe\" version \"\" user \"jane\" mailbox \"\" machine \"\" address \"\"",
        });
    }

    [Fact]
    public void ARefusal_OfAClientThatSendsLineBreaks_IsOneLine()
    {
        new Gatekeeper(Gate.Blocking("program1.exe"), logger: _log.For<Gatekeeper>())
            .TryLogon(new MapiClient { ProcessNames = ["program1.exe"], UserDn = "x\r\nPolicy changed", MachineName = "\u2028y" }, out _, out _);

        _log.Entries.Should().ContainSingle().Which.Message.Should().NotContainAny("\r", "\n", "\u2028");
    }

    [Fact]
    public async Task AChange_TellsRevisionsNamesAndSessions()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("old.exe; kept.exe"), new FakeTimeProvider(), _log.For<Gatekeeper>());
        gatekeeper.Logon("new.exe", "jane");
        gatekeeper.Logon("other.exe");

        gatekeeper.Apply(Gate.Blocking("kept.exe; new.exe"));

        (await _log.WaitForAsync("PolicyChanged")).Message.Should().Be(
            "Policy changed from revision 0 to 1: added new.exe; removed old.exe; 1 of 2 sessions disconnected in 0 ms");
        (await _log.WaitForAsync("SessionDisconnected")).Message.Should().MatchRegex("^Disconnected by rule \"new.exe\": session \\d+, process \"new.exe\" version \"\" user \"jane\" mailbox \"\" machine \"\" address \"\"$");
    }
}
