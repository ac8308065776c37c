using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>A long poll: the body of a NotificationWait request.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.4.4.1.
/// <code>
/// Flags 4  0
/// AuxiliaryBufferSize 4, AuxiliaryBuffer
/// </code>
/// </remarks>
public sealed record NotificationWaitRequest
{
    /// <summary>Reserved: 0.</summary>
    public uint Flags { get; init; }

    /// <summary>The auxiliary buffer as on the wire, at most 0x1008 bytes.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>What was odd about the body.</summary>
    public AuxiliaryWarnings Warnings { get; init; }

    /// <summary>Reads a body.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> body, [NotNullWhen(true)] out NotificationWaitRequest? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidRequestBody;
        var reader = new WireReader(body);
        if (!reader.TryReadUInt32(out uint flags) || !reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliary))
        {
            return false;
        }

        error = WireError.None;
        value = new NotificationWaitRequest { Flags = flags, AuxiliaryBuffer = auxiliary, Warnings = reader.JudgeEnd() };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out NotificationWaitRequest?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out NotificationWaitRequest? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteUInt32(Flags);
        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
