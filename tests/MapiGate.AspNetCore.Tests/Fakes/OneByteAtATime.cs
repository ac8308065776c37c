using System.Net;

namespace MapiGate.AspNetCore.Tests.Fakes;

/// <summary>A body sent in chunks of one byte, its length not told beforehand.</summary>
internal sealed class OneByteAtATime(byte[] body) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var i = 0; i < body.Length; i++)
        {
            await stream.WriteAsync(body.AsMemory(i, 1));
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
