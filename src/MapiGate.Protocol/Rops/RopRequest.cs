using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>One operation that a client asks for.</summary>
public abstract record RopRequest
{
    private protected RopRequest()
    {
    }

    /// <summary>Which operation.</summary>
    public abstract RopId RopId { get; }

    /// <summary>Which logon of the session it belongs to; the client numbers them.</summary>
    public byte LogonId { get; init; }

    /// <summary>Writes the operation, RopId included.</summary>
    public abstract void Write(IBufferWriter<byte> output);

    /// <summary>The operation as an array.</summary>
    public byte[] ToArray() => WireWriter.ToArray(Write);
}
