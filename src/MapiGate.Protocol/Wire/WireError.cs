namespace MapiGate.Protocol;

/// <summary>Why bytes from the wire could not be read. Malformed input is this value, never an exception.</summary>
/// <remarks>
/// Where a specification names the answer to give, <see cref="WireErrorExtensions.ToErrorCode"/> translates to it.
/// </remarks>
public enum WireError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>An auxiliary buffer of 1 to 7 bytes: too short for one extended header. Answer: ecRpcFailed (MS-OXCRPC 3.1.4.1).</summary>
    AuxTooShort,

    /// <summary>An auxiliary buffer of more than 0x1008 bytes. Answer: RPC fault 0x6F7 (MS-OXCRPC 3.1.4.1).</summary>
    AuxTooLarge,

    /// <summary>A chain of auxiliary payloads that decodes to more than 64 KiB; a limit of this library's own.</summary>
    AuxDecodedTooLarge,

    /// <summary>Fewer than 8 bytes where RPC_HEADER_EXT is expected (MS-OXCRPC 2.2.2.1).</summary>
    ExtHeaderTruncated,

    /// <summary>RPC_HEADER_EXT.Version is not 0.</summary>
    ExtVersion,

    /// <summary>RPC_HEADER_EXT.Size reaches beyond the bytes present.</summary>
    ExtSizeOverrun,

    /// <summary>RPC_HEADER_EXT.SizeActual is more than 32 KiB.</summary>
    ExtSizeActualTooLarge,

    /// <summary>An uncompressed payload whose Size and SizeActual differ.</summary>
    ExtSizeMismatch,

    /// <summary>A compressed payload whose Size is not smaller than its SizeActual.</summary>
    CompressedNotSmaller,

    /// <summary>A compressed payload that is not Plain LZ77 of exactly SizeActual bytes.</summary>
    DecompressFailed,

    /// <summary>The caller's destination is too small for the payload. Says nothing about the input.</summary>
    DestinationTooSmall,

    /// <summary>More payloads in a chain than a buffer may have: 96 (MS-OXCRPC 3.1.4.2).</summary>
    ChainTooLong,

    /// <summary>A MAPI/HTTP request body that does not parse. Answer: X-ResponseCode 12.</summary>
    InvalidRequestBody,

    /// <summary>A MAPI/HTTP response body that does not parse.</summary>
    InvalidResponseBody,

    /// <summary>A response stream whose meta-tags or trailing headers do not parse (MS-OXCMAPIHTTP 2.2.7).</summary>
    InvalidResponseStream,

    /// <summary>An RPC stub that does not parse. Answer: RPC fault 0x6F7.</summary>
    BadStubData,

    /// <summary>A list of ROPs that does not parse, or holds a ROP this library does not know. Answer: ecRpcFormat.</summary>
    RpcFormat,
}
