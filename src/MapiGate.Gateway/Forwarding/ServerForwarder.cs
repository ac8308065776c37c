using System.Globalization;
using System.Net;
using MapiGate.Gateway.Connections;
using MapiGate.Gateway.Options;
using MapiGate.Gateway.Telemetry;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace MapiGate.Gateway.Forwarding;

/// <summary>Sends a request to the server behind and its answer back; a server that can't answer is said to be away for a while.</summary>
internal sealed class ServerForwarder(
    IHttpForwarder forwarder, ServerConnections connections, RequestTransformer transformer, ContextEnding contexts, GatewayOptions options, ILogger<ServerForwarder> logger)
{
    private readonly string _server = options.Server!.GetLeftPart(UriPartial.Authority);
    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = options.ActivityTimeout,
        AllowResponseBuffering = false,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public async Task ForwardAsync(HttpContext context)
    {
        contexts.Remember(context);
        var pair = ServerConnections.PairOf(context);
        var error = await forwarder.SendAsync(context, _server, pair?.Invoker ?? connections.Pool, _config, transformer).ConfigureAwait(false);
        if (pair is { IsGone: true } && !context.Response.HasStarted)
        {
            if (error is not ForwarderError.None)
            {
                // As the server did: what was authenticated on this connection is no more.
                context.Abort();
                return;
            }

            context.Response.Headers.Connection = "close";
        }

        if (IsServers(error) && !context.RequestAborted.IsCancellationRequested)
        {
            GatewayLog.ServerFailed(logger, context.Connection.RemoteIpAddress, error.ToString(), Reason(context));
            if (!context.Response.HasStarted)
            {
                context.Response.Headers.RetryAfter = ((int)options.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                context.Response.Headers.Remove(HeaderNames.ContentLength);
                await GatewayAnswer.SendAsync(context, StatusCodes.Status503ServiceUnavailable, "The server behind the gateway can't answer now.").ConfigureAwait(false);
            }
        }
    }

    private static bool IsServers(ForwarderError error) => error
        is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestCreation or ForwarderError.NoAvailableDestinations
        or ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination;

    private static string Reason(HttpContext context)
    {
        var exception = context.GetForwarderErrorFeature()?.Exception;
        return exception is null ? "no reason given" : exception.GetBaseException() is var root && root != exception ? $"{exception.Message} {root.Message}" : exception.Message;
    }
}
