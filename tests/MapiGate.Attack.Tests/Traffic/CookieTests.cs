using System.Buffers.Text;
using MapiGate.Protocol;

namespace MapiGate.Attack.Tests.Traffic;

/// <summary>Cookies guessed, stolen and garbled.</summary>
public class CookieTests
{
    public static TheoryData<string> RequestTypes =>
        [MapiHttpRequestTypes.Execute, MapiHttpRequestTypes.NotificationWait, MapiHttpRequestTypes.Ping, MapiHttpRequestTypes.Disconnect];

    [Fact]
    public async Task CookiesGuessed_AreCode10_AndTouchNobody()
    {
        await using var server = new StoreServer();
        var jane = server.NewClient();
        await jane.ConnectAsync();
        var guesser = server.NewClient("johndoe");
        var random = new Random(920185);
        var guess = new byte[32];

        for (var i = 0; i < 500; i++)
        {
            random.NextBytes(guess);
            guesser.Cookies = [$"MapiContext={Base64Url.EncodeToString(guess)}", "MapiSequence=1"];
            (await guesser.ExecuteAsync()).Code.Should().Be(10);
        }

        (await jane.ExecuteAsync()).Code.Should().Be(0);
        server.Gatekeeper.Sessions.Count.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(RequestTypes))]
    public async Task CookiesOfAnotherUser_AreCode10_AndTheirOwnerNoticesNothing(string requestType)
    {
        await using var server = new StoreServer();
        var jane = server.NewClient();
        await jane.ConnectAsync();
        var thief = server.NewClient("johndoe");
        thief.Cookies = jane.Cookies;

        for (var i = 0; i < 20; i++)
        {
            (await thief.SendAsync(requestType, Body(requestType))).Code.Should().Be(10);
        }

        (await jane.ExecuteAsync()).Code.Should().Be(0, "neither the session nor its place in the sequence was touched");
    }

    [Fact]
    public async Task AConnectWithAnotherUsersCookies_GetsASessionOfItsOwn_AndLeavesTheOthersAlone()
    {
        await using var server = new StoreServer();
        var jane = server.NewClient();
        await jane.ConnectAsync();
        var thief = server.NewClient("johndoe");
        thief.Cookies = jane.Cookies;

        (await thief.ConnectAsync()).IsLoggedOn.Should().BeTrue();

        thief.Cookies.Should().NotIntersectWith(jane.Cookies);
        (await jane.ExecuteAsync()).Code.Should().Be(0);
        server.Gatekeeper.Sessions.Count.Should().Be(2);
    }

    [Fact]
    public async Task ADeniedConnectWithAnotherUsersCookies_CutsNobody()
    {
        await using var server = new StoreServer();
        server.Block("denied.exe");
        var jane = server.NewClient();
        await jane.ConnectAsync();
        var thief = server.NewClient("johndoe", "denied.exe");
        thief.Cookies = jane.Cookies;

        (await thief.ConnectAsync()).ConnectError.Should().Be(MapiErrorCode.ClientVersionDisallowed);

        (await jane.ExecuteAsync()).Code.Should().Be(0);
    }

    private static byte[] Body(string requestType) => requestType switch
    {
        MapiHttpRequestTypes.Execute => new ExecuteRequest().ToArray(),
        MapiHttpRequestTypes.NotificationWait => new NotificationWaitRequest().ToArray(),
        MapiHttpRequestTypes.Disconnect => new DisconnectRequest().ToArray(),
        _ => [],
    };
}
