using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MapiGate.Gateway.Tests.Fakes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Gateway.Tests.Credentials;

/// <summary>Whom exemptions know, by what credential.</summary>
public class AccountTests
{
    [Fact]
    public async Task AnExemptionByUser_LetsInWhoShowsThatUsersPassword_AndNobodyElse()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url, Blocking("program1.exe", Exempt("User", "johndoe")));

        (await TryConnectAsync(gateway, "johndoe", StoreClient.Basic("johndoe"))).Should().Be("0x0");
        await gateway.WaitForLineAsync("let in by exemption");
        (await TryConnectAsync(gateway, "janedow", StoreClient.Basic("janedow"))).Should().Be("0x4DF");
    }

    [Fact]
    public async Task AClaimOfAnExemptName_EndsInTheServers401_IsNotLoggedAsLetIn_AndLeavesNothingBehind()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url, Blocking("program1.exe", Exempt("User", "johndoe")));

        (await TryConnectAsync(gateway, "johndoe", StoreClient.Basic("johndoe", "wrong"))).Should().Be("401");

        (await gateway.BlockAsync("program1.exe; other.exe")).Should().Contain("0 of 0 sessions");
        gateway.Lines.Should().NotContain(line => line.Contains("let in by exemption", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhoHasGivenNoCredential_GetsTheServersChallenge_WhereAnAccountCouldLiftTheDenial()
    {
        using var server = await StoreServer.StartAsync();
        using var gateway = await RunningGateway.StartAsync(server.Url, Blocking("program1.exe", Exempt("User", "johndoe")));

        (await TryConnectAsync(gateway, "johndoe", null)).Should().Be("401");
    }

    [Fact]
    public async Task AnExemptionByMailbox_HoldsForBasicAndNtlmAlike()
    {
        await using var basic = await TestServer.StartAsync(new MapiServer(static _ => "johndoe").AnswerAsync);
        await using var ntlm = await TestServer.StartAsync(new MapiServer(Ntlm.Authenticate).AnswerAsync);
        var policy = Blocking("program1.exe", Exempt("Mailbox", "johndoe"));
        using var before = await RunningGateway.StartAsync(basic.Url, policy);
        using var beforeNtlm = await RunningGateway.StartAsync(ntlm.Url, policy.DeepClone().AsObject());
        using var john = new StoreClient(beforeNtlm.Url, "program1.exe") { Mailbox = "johndoe" };
        using var jane = new StoreClient(beforeNtlm.Url, "program1.exe");

        (await TryConnectAsync(before, "johndoe", StoreClient.Basic("johndoe"))).Should().Be("0x0");
        (await TryConnectAsync(before, "janedow", StoreClient.Basic("johndoe"))).Should().Be("0x4DF");
        (await john.ConnectByNtlmAsync("johndoe")).Should().Be("0x0");
        (await jane.ConnectByNtlmAsync("janedow")).Should().Be("0x4DF");
    }

    [Fact]
    public async Task ABasicHeaderOnAConnectionThatNtlmAuthenticated_ExemptsNobody()
    {
        // Such a server takes the connection's user, whatever the header says.
        await using var server = await TestServer.StartAsync(new MapiServer(Ntlm.Authenticate).AnswerAsync);
        using var gateway = await RunningGateway.StartAsync(server.Url, Blocking("program1.exe", Exempt("User", "johndoe")));
        using var client = new StoreClient(gateway.Url, "program1.exe") { Mailbox = "johndoe" };
        await client.LogOnByNtlmAsync("janedow");

        client.Authorization = StoreClient.Basic("johndoe");

        (await client.TryConnectAsync()).Should().Be("0x4DF");
        (await gateway.WaitForLineAsync("can't be read here")).Should().Contain("Exemptions:lifted");
    }

    [Theory]
    [InlineData("upn")]
    [InlineData("preferred_username")]
    public async Task ABearerTokensName_IsKnown_WhereTheSchemeIsListed(string claim)
    {
        var good = Token(claim, "johndoe@example.com");
        await using var server = await TestServer.StartAsync(new MapiServer(context => context.Request.Headers.Authorization == $"Bearer {good}" ? "johndoe" : null).AnswerAsync);
        var policy = Blocking("program1.exe", Exempt("User", "johndoe@example.com"));
        using var listed = await RunningGateway.StartAsync(server.Url, policy, "--Gateway:AccountSchemes", "Basic; Bearer");
        using var unlisted = await RunningGateway.StartAsync(server.Url, policy.DeepClone().AsObject());

        (await TryConnectAsync(listed, "johndoe", Bearer(good))).Should().Be("0x0");
        (await TryConnectAsync(listed, "johndoe", Bearer(Token(claim, "johndoe@example.com") + "x"))).Should().Be("401");
        (await TryConnectAsync(listed, "johndoe", Bearer(Token(claim, "janedow@example.com")))).Should().Be("0x4DF");
        (await TryConnectAsync(listed, "johndoe", Bearer("no.token.atall"))).Should().Be("0x4DF");
        (await TryConnectAsync(unlisted, "johndoe", Bearer(good))).Should().Be("0x4DF");
    }

    private static async Task<string> TryConnectAsync(RunningGateway gateway, string mailbox, AuthenticationHeaderValue? credential)
    {
        using var client = new StoreClient(gateway.Url, "program1.exe") { Authorization = credential, Mailbox = mailbox };
        return await client.TryConnectAsync();
    }

    private static JsonObject Blocking(string programs, JsonObject exemption) => new()
    {
        ["DisableMapiClientProcesses"] = programs,
        ["Exemptions"] = new JsonObject { ["lifted"] = exemption },
    };

    private static JsonObject Exempt(string by, string name) => new() { [by] = name, ["Reason"] = "a test" };

    private static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    private static string Token(string claim, string name) => string.Join('.', ((string[])["{\"alg\":\"none\"}", JsonSerializer.Serialize(new Dictionary<string, string> { [claim] = name }), "signature"])
        .Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));
}
