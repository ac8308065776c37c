using System.Net.Http.Headers;
using MapiGate.TestSupport;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>One client with one connection at a time, which it authenticates by NTLM.</summary>
internal sealed class NtlmClient(Uri url, string user) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseCookies = false }) { BaseAddress = url };

    /// <summary>The three legs, or two where the first message comes unasked; whom the server then says it serves.</summary>
    public async Task<string> LogOnAsync(bool isPreEmptive)
    {
        if (!isPreEmptive)
        {
            await SendAsync("/mapi/nspi", null);
        }

        var challenge = (await SendAsync("/mapi/nspi", NtlmMessage.Negotiate())).Challenge;
        return challenge is null ? "no challenge" : (await SendAsync("/mapi/nspi", NtlmMessage.Authenticate(challenge, user))).Text;
    }

    /// <summary>Asks without a credential, on the connection as it is.</summary>
    public async Task<string> AskAsync() => (await SendAsync("/mapi/nspi", null)).Text;

    /// <summary>Has the server close the connection after its answer.</summary>
    public Task CloseAsync(bool duringHandshake) => SendAsync("/mapi/nspi?close=1", duringHandshake ? NtlmMessage.Negotiate() : null);

    public void Dispose() => _http.Dispose();

    private async Task<(string Text, string? Challenge)> SendAsync(string target, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("NTLM", token);
        }

        using var answer = await _http.SendAsync(request).WithinBounds();
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.WwwAuthenticate.FirstOrDefault()?.Parameter);
    }
}
