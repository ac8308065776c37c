using System.Globalization;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>Text that would forge a line of the log, steer a terminal, or split an answer.</summary>
public class InjectionTests
{
    private const string Forged = "a\r\n12:00:00 Policy changed from revision 1 to 2\u001b[2J\u202Eexe.kooltuo\u2028\u0085\u0007\0b";

    [Fact]
    public async Task NamesThatForge_ReachTheLogAsOneLineOfPlainText()
    {
        await using var server = new StoreServer(limit: null, ("MapiGate:DisableMapiClientProcesses", "*denied*"));
        var jane = server.NewClient(processName: Forged);
        jane.MachineName = Forged;
        (await jane.ConnectAsync()).IsLoggedOn.Should().BeTrue();
        jane.Cookies = [];

        jane.ProcessName = $"denied{Forged}";
        (await jane.ConnectAsync()).ConnectError.Should().Be(MapiErrorCode.ClientVersionDisallowed);
        jane.ProcessName = Forged;
        jane.UserDn = Forged.Replace("\0", "", StringComparison.Ordinal);
        (await jane.ConnectAsync()).ConnectError.Should().Be(MapiErrorCode.UnknownUser);
        server.Block("*b*; a*");
        await server.Log.WaitForAsync("SessionDisconnected");

        server.Log.Entries.Where(entry => entry.EventId.Name is "LoggedOn" or "LogonRefused" or "NoMailbox" or "SessionDisconnected").Should().HaveCountGreaterThanOrEqualTo(4);
        server.Log.Entries.Select(entry => entry.Message).Where(message => message.Any(IsDangerous)).Should().BeEmpty();
    }

    [Fact]
    public async Task AHeaderThatWouldSplitTheAnswer_IsRefused_OrNotSentBack()
    {
        await using var server = new StoreServer();
        using var split = await RawConnection.OpenAsync(server.Address);
        await split.SendHeadAsync("PING", "Content-Length: 0", "X-ClientInfo: a\rX-Injected: b", "Connection: close");
        (await split.ReadToEndAsync()).Should().StartWith("HTTP/1.1 400").And.NotContain("X-Injected");

        using var folded = await RawConnection.OpenAsync(server.Address);
        await folded.SendHeadAsync("PING", "Content-Length: 0", "X-ClientInfo: \u202Ea\u0085b", "Connection: close");
        (await folded.ReadToEndAsync()).Should().StartWith("HTTP/1.1 200").And.Contain("X-ResponseCode: 4").And.NotContain("X-ClientInfo:");
    }

    [Fact]
    public async Task APasswordThatIsWrong_IsIn401_AndNotInTheLog()
    {
        await using var server = new StoreServer();
        using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync($"POST /mapi/emsmdb HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {Convert.ToBase64String("janedow:secret123"u8)}\r\nX-RequestType: Connect\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        (await connection.ReadToEndAsync()).Should().StartWith("HTTP/1.1 401");

        server.Log.Entries.Should().NotContain(entry => entry.Message.Contains("secret123", StringComparison.Ordinal));
        server.Gatekeeper.Sessions.Should().BeEmpty();
    }

    private static bool IsDangerous(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
