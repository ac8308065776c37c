namespace MapiGate.Management;

/// <summary>The ids of every event that management logs. A number, once given, is never given to another event.</summary>
internal static class ManagementEventIds
{
    public const int PolicyWritten = 501;
    public const int SessionsKicked = 502;
    public const int HeldChangeConfirmed = 503;
    public const int HeldChangeWithdrawn = 504;
    public const int WrongToken = 505;
    public const int WriteRefused = 506;
    public const int TokenFileMade = 507;
    public const int ManagementAt = 508;
    public const int DefaultAddressTaken = 509;
    public const int TokenFileUnusable = 510;
}
