namespace MapiGate.Fleet;

/// <summary>The ids of every event the fleet logs. A number, once given, is never given to another event.</summary>
internal static class FleetEventIds
{
    public const int Connected = 601;
    public const int Disconnected = 602;
    public const int ServerRefused = 603;
    public const int DocumentTaken = 604;
    public const int LastGoodNotKept = 605;
    public const int DocumentRestored = 606;
    public const int BucketsMade = 607;
    public const int NameTaken = 608;
    public const int StepFailed = 609;
    public const int ConnectFailed = 610;
}
