namespace MapiClient.Running;

/// <summary>How the program ended, for scripts. With many sessions the highest of theirs counts.</summary>
internal enum ExitCode
{
    /// <summary>Logged on, and off again as asked.</summary>
    Success = 0,

    /// <summary>Refused, or cut and not let in again.</summary>
    Refused = 1,

    /// <summary>Nobody answers at the address, or the connection broke and could not be made again.</summary>
    Unreachable = 2,

    /// <summary>Unknown user or wrong password.</summary>
    NotAuthenticated = 3,

    /// <summary>The server answered something that this client cannot go on with.</summary>
    Failed = 4,

    /// <summary>The command line makes no sense (sysexits.h: EX_USAGE).</summary>
    Usage = 64,
}
