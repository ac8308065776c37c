using System.Net;

namespace MapiGate.Tests.Clients;

public class MapiClientTests
{
    [Fact]
    public void ProcessName_IsTheFirstThatIsNotBlank_AsSent() =>
        new MapiClient { ProcessNames = ["", "  ", @"C:\Office\OUTLOOK.EXE", "other.exe"] }.ProcessName.Should().Be(@"C:\Office\OUTLOOK.EXE");

    [Fact]
    public void ProcessName_NoneSent_IsNull() => new MapiClient().ProcessName.Should().BeNull();

    [Fact]
    public void ProcessNames_TheListIsChangedLater_TheClientIsNot()
    {
        var names = new List<string> { "a.exe" };
        var client = new MapiClient { ProcessNames = names };

        names[0] = "b.exe";

        client.ProcessNames.Should().Equal("a.exe");
    }

    [Fact]
    public void ToString_NamesProgramVersionUserMachineAndAddress() =>
        new MapiClient
        {
            ProcessNames = ["OUTLOOK.EXE"],
            Version = new Version(16, 0, 15928, 20006),
            UserName = "janedow",
            MachineName = "WS-0417",
            RemoteAddress = IPAddress.Loopback,
        }.ToString().Should().Be("process \"OUTLOOK.EXE\" version \"16.0.15928.20006\" user \"janedow\" machine \"WS-0417\" address \"127.0.0.1\"");

    [Fact]
    public void ToString_HostileText_IsCutAndCannotForgeALine()
    {
        var text = new MapiClient { ProcessNames = ["a.exe\r\n2026 all is well\u2028\u202Eexe." + new string('x', 40_000)], MachineName = "\u001b[2J" }.ToString();

        text.Should().StartWith("process \"a.exe2026 all is wellexe.");
        text.Length.Should().BeLessThan(300);
        text.Should().NotContainAny("\r", "\n", "\u2028", "\u202E", "\u001b");
    }
}
