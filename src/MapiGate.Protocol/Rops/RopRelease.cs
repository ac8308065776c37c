using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>Lets go of a server object: RopRelease. It has no response at all.</summary>
/// <remarks>
/// MS-OXCROPS 2.2.15.3.1:
/// <code>
/// RopId             1  0x01
/// LogonId           1
/// InputHandleIndex  1
/// </code>
/// </remarks>
public sealed record RopRelease : RopRequest
{
    /// <inheritdoc/>
    public override RopId RopId => RopId.Release;

    /// <summary>Where in the handle table the object's handle is.</summary>
    public byte InputHandleIndex { get; init; }

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteByte((byte)RopId);
        output.WriteByte(LogonId);
        output.WriteByte(InputHandleIndex);
    }

    /// <summary>Reads what follows RopId and LogonId.</summary>
    internal static bool TryReadBody(ref WireReader reader, byte logonId, out RopRequest? value)
    {
        bool read = reader.TryReadByte(out byte inputHandleIndex);
        value = read ? new RopRelease { LogonId = logonId, InputHandleIndex = inputHandleIndex } : null;
        return read;
    }
}
