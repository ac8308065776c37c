namespace MapiGate.Protocol;

/// <summary>The result of a MAPI method: what a server says in an ErrorCode or ReturnValue field.</summary>
/// <remarks>MS-OXCDATA 2.4; the codes of a refused logon in MS-OXCRPC 3.1.4.1. Other values occur and are kept as they are.</remarks>
public enum MapiErrorCode : uint
{
    /// <summary>ecNone: success.</summary>
    Success = 0,

    /// <summary>ecUnknownUser: the DN is not that of an enabled mailbox.</summary>
    UnknownUser = 0x000003EB,

    /// <summary>ecExiting: the server is shutting down.</summary>
    Exiting = 0x000003ED,

    /// <summary>ecLoginPerm: admin access was asked for without the right to it.</summary>
    LoginPermission = 0x000003F2,

    /// <summary>ecWrongServer: the mailbox is on another server.</summary>
    WrongServer = 0x00000478,

    /// <summary>ecBufferTooSmall: a response cannot fit the buffer the client offered.</summary>
    BufferTooSmall = 0x0000047D,

    /// <summary>ecRpcFormat: the ROPs in a request cannot be parsed.</summary>
    RpcFormat = 0x000004B6,

    /// <summary>
    /// ecRpcAuthentication, as MS-OXCDATA 2.4 numbers it. MS-OXCRPC prints 0x4B6 under this name, which is ecRpcFormat.
    /// </summary>
    RpcAuthentication = 0x000004BC,

    /// <summary>
    /// ecClientVerDisallowed: the administrator has blocked this client. Understood by clients of any version, so it
    /// also stands in for codes that a client is too old to know. No code means "this program is blocked"; this is
    /// the nearest.
    /// </summary>
    ClientVersionDisallowed = 0x000004DF,

    /// <summary>ecRpcHttpDisallowed: not by RPC over HTTP. For clients of 12.0.0.0 and later.</summary>
    RpcHttpDisallowed = 0x000004E0,

    /// <summary>ecCachedModeRequired: only clients in cached mode. For clients of 12.0.0.0 and later.</summary>
    CachedModeRequired = 0x000004E1,

    /// <summary>ecMailboxInTransit: the mailbox is being moved.</summary>
    MailboxInTransit = 0x0000050C,

    /// <summary>RPC_S_SERVER_TOO_BUSY: try again later.</summary>
    ServerTooBusy = 0x000006BB,

    /// <summary>RPC_X_BAD_STUB_DATA: an RPC fault status, not a method result.</summary>
    BadStubData = 0x000006F7,

    /// <summary>ecProtocolDisabled: MAPI is disabled for this user. For clients of 12.0.0.0 and later.</summary>
    ProtocolDisabled = 0x000007D8,

    /// <summary>ecRejected: a call that is not accepted here and now.</summary>
    Rejected = 0x000007EE,

    /// <summary>ecAccountDisabled: the mailbox is disabled.</summary>
    AccountDisabled = 0x0000096C,

    /// <summary>ecNotEncrypted: encryption is required. For clients of 12.0.3619.0 and later.</summary>
    NotEncrypted = 0x00000970,

    /// <summary>ecNotSupported.</summary>
    NotSupported = 0x80040102,

    /// <summary>ecVersionMismatch: the client's protocol version is too old; the answer carries the minimum.</summary>
    VersionMismatch = 0x80040110,

    /// <summary>ecLoginFailure: the server cannot log the user on.</summary>
    LoginFailure = 0x80040111,

    /// <summary>ecRpcFailed.</summary>
    RpcFailed = 0x80040115,

    /// <summary>ecAccessDenied: an empty DN, or no right to the mailbox.</summary>
    AccessDenied = 0x80070005,

    /// <summary>ecInvalidParam.</summary>
    InvalidParameter = 0x80070057,
}
