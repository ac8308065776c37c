namespace MapiGate.Protocol;

/// <summary>Which remote operation: the first byte of each ROP.</summary>
/// <remarks>MS-OXCROPS 2.2.2. Only those that this library reads are named.</remarks>
public enum RopId : byte
{
    /// <summary>None; not a ROP that is sent.</summary>
    None = 0,

    /// <summary>RopRelease.</summary>
    Release = 0x01,

    /// <summary>RopLogon.</summary>
    Logon = 0xFE,
}
