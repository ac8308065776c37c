namespace MapiGate.Protocol;

/// <summary>Whether a MAPI/HTTP request was accepted: the X-ResponseCode header.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.3.3.3. Sent with HTTP status 200. With any value but <see cref="Success"/> the body is text for a
/// person to read. How clients react to each, <see cref="ContextNotFound"/> apart, is unconfirmed: make every one safe
/// to answer with a new Connect.
/// </remarks>
public enum MapiHttpResponseCode
{
    /// <summary>Accepted: parse the body.</summary>
    Success = 0,

    /// <summary>A failure with no code of its own.</summary>
    UnknownFailure = 1,

    /// <summary>Not a POST.</summary>
    InvalidVerb = 2,

    /// <summary>No such path.</summary>
    InvalidPath = 3,

    /// <summary>A header that cannot be understood.</summary>
    InvalidHeader = 4,

    /// <summary>X-RequestType names no request of this endpoint.</summary>
    InvalidRequestType = 5,

    /// <summary>The session context cookie is malformed.</summary>
    InvalidContextCookie = 6,

    /// <summary>A required header is missing.</summary>
    MissingHeader = 7,

    /// <summary>Anonymous requests are not allowed.</summary>
    AnonymousNotAllowed = 8,

    /// <summary>The request is too large.</summary>
    TooLarge = 9,

    /// <summary>
    /// No such session: expired, disconnected, or another user's. The client is expected to Connect again, so a
    /// session cut with it is over only if that Connect is refused.
    /// </summary>
    ContextNotFound = 10,

    /// <summary>The user may not use this session.</summary>
    NoPrivilege = 11,

    /// <summary>The request body does not parse.</summary>
    InvalidRequestBody = 12,

    /// <summary>A required cookie is missing.</summary>
    MissingCookie = 13,

    /// <summary>Reserved; clients ignore it.</summary>
    Reserved = 14,

    /// <summary>Another request of the same session is running, or the sequence cookie is stale.</summary>
    InvalidSequence = 15,

    /// <summary>The endpoint is disabled.</summary>
    EndpointDisabled = 16,

    /// <summary>The response is invalid.</summary>
    InvalidResponse = 17,

    /// <summary>The endpoint is shutting down.</summary>
    EndpointShuttingDown = 18,
}
