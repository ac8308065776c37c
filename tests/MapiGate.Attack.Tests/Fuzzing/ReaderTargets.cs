using System.Text;
using MapiGate.Protocol;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>Every reader of MapiGate.Protocol, with what it may allocate.</summary>
internal static class ReaderTargets
{
    // A constant for the object itself, and a factor for text, which doubles in UTF-16, and for lists that grow.
    private const int Base = 8 * 1024;
    private const int PerByte = 16;

    // An auxiliary buffer may unfold to 64 KiB of blocks. The dearest are the shortest with a name in ill-formed UTF-16: for
    // 30 bytes a string, a place in two lists and a decoder's buffer. Twenty million inputs came to four times the blocks.
    private const int Auxiliary = 0x10000 * 8;

    // A payload may unfold to 32 KiB, and is kept beside its table of handles; the shortest operation in it has three bytes.
    private const int RopPayload = 2 * ExtendedBuffer.MaxPayloadSize;
    private const int RopObjects = ExtendedBuffer.MaxPayloadSize / 3 * 32;
    private const int RopPayloadsAtMost = 96;
    private const int SmallestRopPayload = ExtendedBufferHeader.Length + sizeof(ushort);

    private static readonly byte[][] Rops = [.. WireVectors.Of("mapihttp-execute").Select(RopsOf), LogonRops().ToArray(), LogonRops().ToArray((ExtendedBufferFlags)7)];

    public static IReadOnlyList<ReaderTarget> All { get; } =
    [
        new("AuxiliaryInfo", WireVectors.Of("aux"), bytes => Look(AuxiliaryInfo.Read(bytes)), WithAuxiliary),
        new("ExtendedBuffer", [.. WireVectors.Of("aux"), .. Rops], ReadExtendedBuffer, Plain),
        new("PlainLz77", WireVectors.Of("lz77"), ReadLz77, Plain),
        new("ConnectRequest", WireVectors.Of("mapihttp-connect"), bytes => Look(ConnectRequest.TryRead(bytes, out var value), value?.Auxiliary, value), WithAuxiliary, Connect),
        new("ConnectResponse", WireVectors.Of("mapihttp-connect-response"), bytes => Look(ConnectResponse.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("ExecuteRequest", WireVectors.Of("mapihttp-execute"), bytes => Look(ExecuteRequest.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("ExecuteResponse", WireVectors.Of("mapihttp-execute-response"), bytes => Look(ExecuteResponse.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("NotificationWaitRequest", WireVectors.Of("mapihttp-notificationwait"), bytes => Look(NotificationWaitRequest.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("NotificationWaitResponse", WireVectors.Of("mapihttp-notificationwait-response"), bytes => Look(NotificationWaitResponse.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("DisconnectRequest", WireVectors.Of("mapihttp-disconnect"), bytes => Look(DisconnectRequest.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("DisconnectResponse", WireVectors.Of("mapihttp-disconnect-response"), bytes => Look(DisconnectResponse.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("MapiHttpInnerResponse", InnerStreams(), bytes => Look(MapiHttpInnerResponse.TryRead(bytes, out var value), null, value), Plain),
        new("MapiHttpResponseReader", InnerStreams(), ReadInPieces, Plain),
        new("RopBuffer", Rops, ReadRops, OneRopPayload),
        new("RopBuffer chain", [.. Rops, .. Rops.Select(rops => Enumerable.Repeat(Unlast(rops), 5).SelectMany(part => part).ToArray())], bytes => RopBuffer.TryReadChain(bytes, out _, out _), RopChain),
        new("RopLogonResponse", [new RopLogonResponse { FolderIds = new ulong[RopLogonResponse.FolderCount], LogonTime = DateTimeOffset.UnixEpoch }.ToArray(), RopLogonResponse.Refused(0, MapiErrorCode.UnknownUser).ToArray()], bytes => Look(RopLogonResponse.TryRead(bytes, out var value), null, value), Plain),
        new("EcDoConnectExRequest", WireVectors.Of("ndr-ecdoconnectex"), bytes => Look(EcDoConnectExRequest.TryRead(bytes, out var value), value?.Auxiliary, value), WithAuxiliary, ConnectEx),
        new("EcDoConnectExResponse", [EcDoConnectExResponse.Refused(MapiErrorCode.ClientVersionDisallowed).ToArray(), new EcDoConnectExResponse { DisplayName = "Jane", AuxiliaryBuffer = WireVectors.All[0] }.ToArray()], bytes => Look(EcDoConnectExResponse.TryRead(bytes, out var value), null, value), WithAuxiliary),
        new("ClientVersion", [.. Encoding.ASCII.GetBytes("Outlook/16.0.15928.20006") is var good ? [good] : Array.Empty<byte[]>(), .. WireVectors.Of("version")], ReadVersion, Plain),
    ];

    /// <summary>A Connect body around an auxiliary buffer.</summary>
    public static byte[] Connect(byte[] auxiliary) => new ConnectRequest { UserDn = "/o=First Organization/cn=janedow", AuxiliaryBuffer = auxiliary }.ToArray();

    private static byte[] ConnectEx(byte[] auxiliary) =>
        new EcDoConnectExRequest { UserDn = "/cn=janedow", AuxiliaryBuffer = auxiliary.AsMemory(0, Math.Min(auxiliary.Length, ExtendedBuffer.MaxAuxiliarySize)) }.ToArray();

    private static long Plain(int bytes) => Base + ((long)PerByte * bytes);

    private static long WithAuxiliary(int bytes) => Plain(bytes) + Auxiliary;

    private static long OneRopPayload(int bytes) => Plain(bytes) + RopPayload + RopObjects;

    private static long RopChain(int bytes) => Plain(bytes) + ((long)RopPayload * Math.Min(RopPayloadsAtMost, 1 + (bytes / SmallestRopPayload)));

    /// <summary>Asks every property for its value, as a log or a debugger would.</summary>
    private static void Look(bool read, AuxiliaryInfo? auxiliary, object? value)
    {
        if (read != value is not null)
        {
            throw new InvalidDataException("read without a value, or a value without having read");
        }

        Look(auxiliary ?? AuxiliaryInfo.Empty);
    }

    private static void Look(AuxiliaryInfo info)
    {
        _ = (info.ProcessName, info.ProcessImage, info.IsCachedMode);
        if (info.Error != WireError.None && info != AuxiliaryInfo.Empty with { Error = info.Error })
        {
            throw new InvalidDataException($"{info.Error}, and yet something is known");
        }
    }

    private static void ReadExtendedBuffer(byte[] bytes)
    {
        Span<byte> payload = stackalloc byte[ExtendedBuffer.MaxPayloadSize];
        if (ExtendedBuffer.TryRead(bytes, payload, out var header, out _) && header.Size + ExtendedBufferHeader.Length > bytes.Length)
        {
            throw new InvalidDataException("more was read than there is");
        }
    }

    /// <summary>What decompresses is not known; what was compressed must come back.</summary>
    private static void ReadLz77(byte[] bytes)
    {
        Span<byte> output = stackalloc byte[bytes.Length == 0 ? 0 : bytes[^1] * 16];
        PlainLz77.TryDecompress(bytes, output);

        var start = bytes.AsSpan(0, Math.Min(bytes.Length, 1024));
        Span<byte> packed = stackalloc byte[PlainLz77.MaxCompressedLength(start.Length)];
        Span<byte> again = stackalloc byte[start.Length];
        if (!PlainLz77.TryCompress(start, packed, out var length) || !PlainLz77.TryDecompress(packed[..length], again) || !again.SequenceEqual(start))
        {
            throw new InvalidDataException("what was compressed does not come back");
        }
    }

    private static void ReadInPieces(byte[] bytes)
    {
        var reader = new MapiHttpResponseReader();
        ReadOnlySpan<byte> rest = bytes;
        var step = bytes.Length == 0 ? 1 : 1 + (bytes[^1] % 7);
        while (!rest.IsEmpty)
        {
            var piece = rest[..Math.Min(step, rest.Length)];
            rest = rest[piece.Length..];
            for (var events = 0; ; events++)
            {
                var found = reader.Read(ref piece);
                if (found == MapiHttpResponseEvent.Malformed)
                {
                    return;
                }

                if (found == MapiHttpResponseEvent.NeedMoreData)
                {
                    break;
                }

                // Each event takes a line, and each line a byte.
                if (events > step)
                {
                    throw new InvalidDataException("events without bytes");
                }
            }
        }

        reader.TryComplete(out _);
    }

    private static void ReadRops(byte[] bytes)
    {
        if (RopBuffer.TryRead(bytes, out var buffer, out _))
        {
            var reader = new RopReader(buffer.Rops.Span);
            for (var rops = 0; reader.TryReadNext(out _); rops++)
            {
                if (rops > buffer.Rops.Length)
                {
                    throw new InvalidDataException("operations without bytes");
                }
            }
        }
    }

    private static void ReadVersion(byte[] bytes)
    {
        Span<char> text = stackalloc char[Math.Min(bytes.Length, 1024)];
        Encoding.Latin1.GetChars(bytes.AsSpan(0, text.Length), text);
        if (ClientVersion.TryParseApplication(text, out var version) && !ClientVersion.TryParseApplication(ClientVersion.FormatApplication("x", version), out _))
        {
            throw new InvalidDataException($"{version} was read and cannot be read again");
        }
    }

    private static byte[] RopsOf(byte[] body) =>
        ExecuteRequest.TryRead(body, out var execute) ? execute.RopBuffer.ToArray() : LogonRops().ToArray();

    private static RopBuffer LogonRops()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        new RopLogonRequest { Essdn = "/o=First Organization/cn=janedow" }.Write(output);
        new RopRelease().Write(output);
        return new RopBuffer { Rops = output.WrittenMemory, Handles = [RopBuffer.NoHandle, 1] };
    }

    private static byte[] Unlast(byte[] packed)
    {
        byte[] changed = [.. packed];
        changed[2] &= 0xFB;
        return changed;
    }

    private static byte[][] InnerStreams() => WireVectors.Of("http-inner-stream", "http-chunked");
}
