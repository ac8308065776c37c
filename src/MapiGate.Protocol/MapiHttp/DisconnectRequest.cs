using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>A logoff: the body of a Disconnect request.</summary>
/// <remarks>MS-OXCMAPIHTTP 2.2.4.3.1. Nothing but AuxiliaryBufferSize (4) and AuxiliaryBuffer.</remarks>
public sealed record DisconnectRequest
{
    /// <summary>The auxiliary buffer as on the wire, at most 0x1008 bytes.</summary>
    public ReadOnlyMemory<byte> AuxiliaryBuffer { get; init; }

    /// <summary>What was odd about the body.</summary>
    public AuxiliaryWarnings Warnings { get; init; }

    /// <summary>Reads a body.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out DisconnectRequest? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidRequestBody;
        var reader = new WireReader(body);
        if (!reader.TryReadAuxiliary(out ReadOnlyMemory<byte> auxiliary))
        {
            return false;
        }

        error = WireError.None;
        value = new DisconnectRequest { AuxiliaryBuffer = auxiliary, Warnings = reader.JudgeEnd() };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out DisconnectRequest?, out WireError)"/>
    public static bool TryRead(ReadOnlySpan<byte> body, [NotNullWhen(true)] out DisconnectRequest? value) =>
        TryRead(body, out value, out _);

    /// <summary>Writes the body.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteCounted(AuxiliaryBuffer);
    }

    /// <summary>The body as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
