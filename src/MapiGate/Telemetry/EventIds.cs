namespace MapiGate;

/// <summary>The ids of every event the core logs. A number, once given, is never given to another event.</summary>
internal static class EventIds
{
    public const int LogonRefused = 101;
    public const int PolicyChanged = 102;
    public const int PolicyRejected = 103;
    public const int SessionDisconnected = 104;
    public const int DisconnectCallbackFailed = 105;
    public const int SessionNotJudged = 106;
    public const int PolicyRecovered = 107;
    public const int PolicyAtStart = 108;
    public const int PolicyHeld = 109;
    public const int LogonReported = 110;
    public const int FindingInPolicy = 111;
    public const int LogonExempted = 112;
    public const int SettingsRead = 113;
    public const int SessionsKicked = 114;
    public const int HeldChangeWithdrawn = 115;
    public const int PolicyNotRemembered = 116;
    public const int PolicyRemembered = 117;
}
