namespace MapiGate.Gateway.Forwarding;

/// <summary>What the gateway says itself, short and as text, with nothing in it that a client or a server sent.</summary>
internal static class GatewayAnswer
{
    public static Task SendAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
