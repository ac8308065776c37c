using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>ROPs for a session: the body of an Execute request.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.4.2.1.
/// <code>
/// Flags         4
/// RopBufferSize 4, RopBuffer
/// MaxRopOut     4
/// AuxiliaryBufferSize 4, AuxiliaryBuffer
/// </code>
/// </remarks>
public sealed record ExecuteRequest
{
    /// <summary>Most bytes of a request's RopBuffer (MS-OXCRPC 3.1.4.2, rgbIn).</summary>
    public const int MaxRopBufferSize = 0x40000;

    /// <summary>How the response may be packed: 1 not compressed, 2 not obfuscated, 4 it may be a chain.</summary>
    public uint Flags { get; init; }

    /// <summary>The ROPs as on the wire, see <see cref="MapiGate.Protocol.RopBuffer"/>.</summary>
    public ReadOnlyMemory<byte> RopBuffer { get; init; }

    /// <summary>Most bytes of the response's RopBuffer.</summary>
    public uint MaxRopOut { get; init; } = 0x10008;

    /// <summary>The auxiliary buffer as on the wire, at most 0x1008 bytes.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>What was odd about the body.</summary>
    public AuxiliaryWarnings Warnings { get; init; }

    /// <summary>Reads a body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ExecuteRequest? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidRequestBody;
        var reader = new WireReader(body);
        if (!reader.TryReadUInt32(out uint flags)
            || !reader.TryReadCounted(MaxRopBufferSize, out ReadOnlySpan<byte> rops)
            || !reader.TryReadUInt32(out uint maxRopOut)
            || !reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliary))
        {
            return false;
        }

        error = WireError.None;
        value = new ExecuteRequest
        {
            Flags = flags,
            RopBuffer = rops.ToArray(),
            MaxRopOut = maxRopOut,
            AuxiliaryBuffer = auxiliary,
            Warnings = reader.JudgeEnd(),
        };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out ExecuteRequest?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out ExecuteRequest? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteUInt32(Flags);
        output.WriteCounted(RopBuffer);
        output.WriteUInt32(MaxRopOut);
        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
