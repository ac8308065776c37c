using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>How a payload is packed: RPC_HEADER_EXT.Flags.</summary>
/// <remarks>MS-OXCRPC 2.2.2.1. Other bits are undefined; a reader ignores them.</remarks>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "The specification calls the field Flags; 'ExtendedBuffer' alone is the buffer.")]
public enum ExtendedBufferFlags : ushort
{
    /// <summary>As it is, and more payloads follow.</summary>
    None = 0,

    /// <summary>Compressed with Plain LZ77.</summary>
    Compressed = 0x0001,

    /// <summary>Every byte of the payload is XORed with 0xA5, after compression.</summary>
    XorMagic = 0x0002,

    /// <summary>No other payload follows.</summary>
    Last = 0x0004,
}
