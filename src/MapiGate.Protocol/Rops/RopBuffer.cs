using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>ROPs and the server objects they speak of, as an extended buffer carries them.</summary>
/// <remarks>
/// MS-OXCROPS 2.2.1; the payload of each header is one:
/// <code>
/// RopSize                 2  of itself and RopsList
/// RopsList                   RopSize − 2 bytes
/// ServerObjectHandleTable    the rest, 4 bytes each; 0xFFFFFFFF: not in use
/// </code>
/// </remarks>
public sealed record RopBuffer
{
    /// <summary>The handle of no object.</summary>
    public const uint NoHandle = 0xFFFFFFFF;

    // MS-OXCRPC 3.1.4.2: of one chained answer.
    private const int MaxPayloads = 96;

    /// <summary>The ROPs, one behind the other and with no lengths between, see <see cref="RopReader"/>.</summary>
    public ReadOnlyMemory<byte> Rops { get; init; }

    /// <summary>The handles of server objects, which ROPs name by index. A response keeps the request's order.</summary>
    public IReadOnlyList<uint> Handles { get; init; } = [];

    /// <summary>Reads a buffer that holds one payload.</summary>
    /// <param name="source">RopBuffer of an Execute body, or rgbIn.</param>
    /// <param name="value">The ROPs of the first payload.</param>
    /// <param name="error">Why not; <see cref="WireErrorExtensions.ToErrorCode"/> gives the answer.</param>
    /// <remarks>What comes behind it is not looked at. For a buffer that may be a chain use <see cref="TryReadChain"/>.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out RopBuffer? value, out WireError error)
    {
        return TryReadOne(source, out value, out _, out error);
    }

    /// <summary>Reads all payloads of a chain, up to the one that is marked the last: at most 96.</summary>
    public static bool TryReadChain(ReadOnlySpan<byte> source, out IReadOnlyList<RopBuffer> values, out WireError error)
    {
        values = [];
        var list = new List<RopBuffer>(1);
        while (list.Count < MaxPayloads)
        {
            if (!TryReadOne(source, out RopBuffer? value, out ExtendedBufferHeader header, out error))
            {
                return false;
            }

            list.Add(value);
            source = source[(ExtendedBufferHeader.Length + header.Size)..];
            if (header.IsLast || source.IsEmpty)
            {
                values = list;
                return true;
            }
        }

        error = WireError.ChainTooLong;
        return false;
    }

    /// <summary>Writes one header and payload.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="flags">How to pack it. Plain is understood by every client.</param>
    /// <exception cref="InvalidOperationException">It has more than 32 KiB.</exception>
    public void Write(IBufferWriter<byte> output, ExtendedBufferFlags flags = ExtendedBufferFlags.Last)
    {
        ArgumentNullException.ThrowIfNull(output);
        int size = sizeof(ushort) + Rops.Length + (sizeof(uint) * Handles.Count);
        if (size > ExtendedBuffer.MaxPayloadSize)
        {
            throw new InvalidOperationException(
                $"ROPs and handles have at most {ExtendedBuffer.MaxPayloadSize} bytes; these have {size}.");
        }

        ExtendedBuffer.Write(output, WireWriter.ToArray(WritePayload), flags);
    }

    /// <summary>The buffer as an array.</summary>
    /// <inheritdoc cref="Write"/>
    public byte[] ToArray(ExtendedBufferFlags flags = ExtendedBufferFlags.Last) =>
        WireWriter.ToArray(output => Write(output, flags));

    private void WritePayload(IBufferWriter<byte> output)
    {
        output.WriteUInt16((ushort)(sizeof(ushort) + Rops.Length));
        output.Write(Rops.Span);
        foreach (uint handle in Handles)
        {
            output.WriteUInt32(handle);
        }
    }

    private static bool TryReadOne(
        ReadOnlySpan<byte> source, [NotNullWhen(true)] out RopBuffer? value, out ExtendedBufferHeader header, out WireError error)
    {
        value = null;
        if (!ExtendedBufferHeader.TryRead(source, out header, out error))
        {
            return false;
        }

        byte[] payload = new byte[header.SizeActual];
        if (!ExtendedBuffer.TryRead(source, payload, out _, out error))
        {
            return false;
        }

        var reader = new WireReader(payload);
        if (!reader.TryReadUInt16(out ushort ropSize)
            || ropSize < sizeof(ushort)
            || !reader.TryReadBytes(ropSize - (uint)sizeof(ushort), out _)
            || reader.Remaining % sizeof(uint) != 0)
        {
            error = WireError.RpcFormat;
            return false;
        }

        var handles = new uint[reader.Remaining / sizeof(uint)];
        for (int i = 0; i < handles.Length; i++)
        {
            reader.TryReadUInt32(out handles[i]);
        }

        value = new RopBuffer { Rops = payload.AsMemory(sizeof(ushort), ropSize - sizeof(ushort)), Handles = handles };
        return true;
    }
}
