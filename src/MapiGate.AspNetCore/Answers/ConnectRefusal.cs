using System.Buffers;
using MapiGate.Protocol;

namespace MapiGate.AspNetCore;

/// <summary>
/// The answer to a Connect that the policy denies: a response that succeeds as HTTP and as MAPI/HTTP (X-ResponseCode 0),
/// whose body says ecClientVerDisallowed (0x4DF) and which sets no cookie. Any code but 0 would send the client into
/// connecting again.
/// </summary>
internal static class ConnectRefusal
{
    public static GateAnswer Create(TimeSpan elapsed, DateTimeOffset startedAt)
    {
        var stream = new ArrayBufferWriter<byte>(256);
        stream.Write(MapiHttpFraming.Processing);
        MapiHttpFraming.WriteDone(stream, MapiHttpResponseCode.Success, elapsed, startedAt);
        ConnectResponse.Refused(MapiErrorCode.ClientVersionDisallowed).Write(stream);
        return new GateAnswer(MapiHttpResponseCode.Success, MapiHttpContentType.Mapi, stream.WrittenMemory);
    }
}
