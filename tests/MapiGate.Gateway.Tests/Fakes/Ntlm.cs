using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>Authenticates a connection by NTLM, and then takes whatever comes on it for that user's, as IIS does.</summary>
internal static class Ntlm
{
    /// <summary>Who the connection's user is; otherwise the answer bears the challenge.</summary>
    public static string? Authenticate(HttpContext context)
    {
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        var user = (ConnectionUser)(items.TryGetValue("user", out var known) ? known! : items["user"] = new ConnectionUser());
        var authorization = context.Request.Headers.Authorization.ToString();
        var token = authorization.StartsWith("NTLM ", StringComparison.Ordinal) ? authorization[5..] : "";
        if (token.Length > 0 && NtlmMessage.TypeOf(token) == 1)
        {
            (user.Name, user.Challenge) = (null, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));
            context.Response.Headers.WWWAuthenticate = "NTLM " + NtlmMessage.Challenge(user.Challenge);
            return null;
        }

        if (token.Length > 0)
        {
            user.Name = NtlmMessage.UserOf(token, user.Challenge);
        }

        if (user.Name is null)
        {
            context.Response.Headers.WWWAuthenticate = "NTLM";
        }

        return user.Name;
    }
}
