namespace MapiGate.Protocol;

/// <summary>What to answer to bytes that could not be read.</summary>
public static class WireErrorExtensions
{
    /// <summary>The error code that the specification gives for <paramref name="error"/>, or the nearest one.</summary>
    /// <remarks>
    /// MS-OXCRPC 3.1.4.1 and 3.1.4.2: ecRpcFailed for a buffer too short for its header, ecRpcFormat for ROPs that
    /// cannot be parsed. For the other faults of an extended buffer the specification is silent; ecRpcFormat is this
    /// library's choice. <see cref="WireError.BadStubData"/> is an RPC fault of the same number, not a method result.
    /// </remarks>
    public static MapiErrorCode ToErrorCode(this WireError error) => error switch
    {
        WireError.None => MapiErrorCode.Success,
        WireError.AuxTooShort or WireError.ExtHeaderTruncated => MapiErrorCode.RpcFailed,
        WireError.AuxTooLarge or WireError.BadStubData => MapiErrorCode.BadStubData,
        _ => MapiErrorCode.RpcFormat,
    };
}
