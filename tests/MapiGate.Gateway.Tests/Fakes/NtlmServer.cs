using Microsoft.AspNetCore.Http;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>A server that authenticates by NTLM and says whom it serves.</summary>
internal static class NtlmServer
{
    public static Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Query["close"] == "1")
        {
            context.Response.Headers.Connection = "close";
        }

        var user = Ntlm.Authenticate(context);
        context.Response.StatusCode = user is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK;
        return context.Response.WriteAsync(user ?? "who are you?");
    }
}
