using MapiGate.Gateway.Connections;
using MapiGate.Gateway.Credentials;
using MapiGate.Gateway.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace MapiGate.Gateway.Forwarding;

/// <summary>Turns away what must not reach the server behind, and gives a connection of its own to what may authenticate one.</summary>
internal sealed class RequestCheck(ForwardedPaths paths, ServerConnections connections, UserRules rules, ILogger<RequestCheck> logger)
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!paths.Contain(context.Request.Path))
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, "This path is not forwarded.");
        }

        if (HttpMethods.IsTrace(context.Request.Method) || HttpMethods.IsConnect(context.Request.Method))
        {
            return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "This method is not forwarded.");
        }

        if (!ClientCredential.TryRead(context.Request.Headers.Authorization, out var credential))
        {
            return RefuseAsync(context, StatusCodes.Status400BadRequest, "The request has several Authorization headers.");
        }

        if (credential.Kind == CredentialKind.Connection)
        {
            rules.MeetUnreadableAccount();
        }

        if (credential.Kind == CredentialKind.Connection && context.Features.Get<PeerFeature>() is { IsTrustedProxy: true })
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "NTLM and Negotiate do not pass through a proxy in front of the gateway: balance by TCP there.");
        }

        // A connection that has become a tunnel would be past the gate.
        context.Features.Set<IHttpUpgradeFeature>(null);
        connections.Pair(context, credential.Kind);
        return next(context);
    }

    private Task RefuseAsync(HttpContext context, int status, string reason)
    {
        GatewayLog.RequestRefused(logger, context.Connection.RemoteIpAddress, status, reason);
        return GatewayAnswer.SendAsync(context, status, reason);
    }
}
