using System.Buffers;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>Answers of a good server.</summary>
internal static class Answers
{
    public static byte[] ExecuteBody { get; } = new ExecuteResponse().ToArray();

    public static void WriteHead(HttpContext context, int code = 0)
    {
        var headers = context.Response.Headers;
        headers.ContentType = code == 0 ? MapiHttpContentType.Mapi : MapiHttpContentType.Failure;
        headers[MapiHttpHeaders.ResponseCode] = $"{code}";
        headers[MapiHttpHeaders.ExpirationInfo] = "900000";
    }

    public static async Task WriteAsync(HttpContext context, byte[] body)
    {
        WriteHead(context);
        var stream = new ArrayBufferWriter<byte>();
        stream.Write(MapiHttpFraming.Processing);
        MapiHttpFraming.WriteDone(stream, MapiHttpResponseCode.Success, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        stream.Write(body);
        await context.Response.Body.WriteAsync(stream.WrittenMemory);
    }

    /// <summary>A long poll in which nothing ever happens.</summary>
    public static async Task WaitUntilAbortedAsync(HttpContext context)
    {
        await WriteTagsAsync(context, "PROCESSING\r\n");
        await NeverAsync(context);
    }

    /// <summary>No answer, until the request is aborted.</summary>
    public static Task NeverAsync(HttpContext context) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);

    public static async Task WriteTagsAsync(HttpContext context, string tags)
    {
        if (!context.Response.HasStarted)
        {
            WriteHead(context);
        }

        await context.Response.WriteAsync(tags);
        await context.Response.Body.FlushAsync();
    }
}
