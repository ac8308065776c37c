namespace MapiGate.Cli;

/// <summary>What the program says of itself when it ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The server refused: what was asked is wrong, or somebody else was faster.</summary>
    public const int Refused = 1;

    /// <summary>Nobody answers.</summary>
    public const int Unreachable = 2;

    /// <summary>The token is wrong, or may not do that.</summary>
    public const int NotAllowed = 3;

    /// <summary>A change is held, and waits to be confirmed.</summary>
    public const int Held = 4;

    /// <summary>Nothing was changed: it was not confirmed.</summary>
    public const int NotConfirmed = 5;

    /// <summary>It was done, but not every gate is known to have done it.</summary>
    public const int NotEverywhere = 6;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 64;
}
