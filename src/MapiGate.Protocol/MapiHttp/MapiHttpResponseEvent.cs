namespace MapiGate.Protocol;

/// <summary>What <see cref="MapiHttpResponseReader"/> has found.</summary>
public enum MapiHttpResponseEvent
{
    /// <summary>Nothing more in the bytes given: they are all taken.</summary>
    NeedMoreData = 0,

    /// <summary>PROCESSING: the server has the request.</summary>
    Processing,

    /// <summary>PENDING: the server is still at it.</summary>
    Pending,

    /// <summary>DONE and its headers; all that follows is the body.</summary>
    Done,

    /// <summary>This is no MAPI/HTTP response. The reader says so from now on.</summary>
    Malformed,
}
