namespace MapiGate.Protocol;

/// <summary>Values of X-RequestType on the mailbox endpoint.</summary>
/// <remarks>MS-OXCMAPIHTTP 2.2.4 and 2.2.6.</remarks>
public static class MapiHttpRequestTypes
{
    /// <summary>A logon.</summary>
    public const string Connect = "Connect";

    /// <summary>ROPs.</summary>
    public const string Execute = "Execute";

    /// <summary>A logoff.</summary>
    public const string Disconnect = "Disconnect";

    /// <summary>A long poll.</summary>
    public const string NotificationWait = "NotificationWait";

    /// <summary>Keeps a session alive; has no body.</summary>
    public const string Ping = "PING";
}
