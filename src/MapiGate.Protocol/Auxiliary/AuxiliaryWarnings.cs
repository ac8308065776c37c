namespace MapiGate.Protocol;

/// <summary>What was odd about a buffer that could be read all the same.</summary>
/// <remarks>
/// The specification calls auxiliary blocks informational (MS-OXCRPC 3.1.4.1.1), so what can be read is kept. Which
/// oddities are put up with is this library's choice; each was seen from a client, or costs nothing to bear.
/// </remarks>
[Flags]
public enum AuxiliaryWarnings
{
    /// <summary>Nothing odd.</summary>
    None = 0,

    /// <summary>More than one header and payload, where exactly one is allowed.</summary>
    ChainedAux = 1 << 0,

    /// <summary>The final header lacks the Last flag.</summary>
    MissingLast = 1 << 1,

    /// <summary>A header has flags that are not specified.</summary>
    UnknownExtFlags = 1 << 2,

    /// <summary>Bytes follow the payload whose header has the Last flag.</summary>
    TrailingAfterLast = 1 << 3,

    /// <summary>1 to 3 bytes after the last block: too few for another.</summary>
    TrailingBytes = 1 << 4,

    /// <summary>A block says it is shorter than its own header; the rest was not read.</summary>
    BlockSizeTooSmall = 1 << 5,

    /// <summary>A block says it is longer than what is left; it was read as far as there are bytes.</summary>
    BlockOverrun = 1 << 6,

    /// <summary>A block is too short for the fixed part of its structure; it was skipped.</summary>
    BlockTooShort = 1 << 7,

    /// <summary>ProcessNameOffset points outside the block's variable part.</summary>
    ProcessNameOffsetOutOfRange = 1 << 8,

    /// <summary>MachineNameOffset points outside the block's variable part.</summary>
    MachineNameOffsetOutOfRange = 1 << 9,

    /// <summary>UserNameOffset points outside the block's variable part.</summary>
    UserNameOffsetOutOfRange = 1 << 10,

    /// <summary>AdapterNameOffset points outside the block's variable part.</summary>
    AdapterNameOffsetOutOfRange = 1 << 11,

    /// <summary>ClientIPOffset and ClientIPSize reach outside the block's variable part.</summary>
    ClientIpOffsetOutOfRange = 1 << 12,

    /// <summary>MacAddressOffset and MacAddressSize reach outside the block's variable part.</summary>
    MacAddressOffsetOutOfRange = 1 << 13,

    /// <summary>A client address that is neither 4 nor 16 bytes long.</summary>
    ClientIpSizeUnknown = 1 << 14,

    /// <summary>A MAC address longer than any link layer has: more than 32 bytes.</summary>
    MacAddressSizeUnknown = 1 << 15,

    /// <summary>A string that ends with its block rather than with a NUL.</summary>
    UnterminatedString = 1 << 16,

    /// <summary>Bytes follow the auxiliary buffer in a request body.</summary>
    TrailingAfterAux = 1 << 17,
}
