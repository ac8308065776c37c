using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>The smallest reverse proxy: like the real ones it copies the answer as it comes, and aborts a client whose answer breaks off.</summary>
internal sealed class Forwarder(Uri server) : IDisposable
{
    private readonly HttpMessageInvoker _server = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server, context.Request.Path + context.Request.QueryString))
        {
            Content = new StreamContent(context.Request.Body),
        };
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        request.Headers.Host = null;
        using var response = await _server.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        try
        {
            await CopyAsync(await response.Content.ReadAsStreamAsync(), context);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    public void Dispose() => _server.Dispose();

    private static async Task CopyAsync(Stream answer, HttpContext context)
    {
        var buffer = new byte[4096];
        int read;
        while ((read = await answer.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
