namespace MapiGate;

/// <summary>Whether a change of policy heeds the limits on how many sessions it may disconnect.</summary>
public enum PolicyChangeMode
{
    /// <summary>A change past the policy's <see cref="MapiGateOptions.MaxDisconnects"/> or <see cref="MapiGateOptions.MaxDisconnectPercent"/> is held.</summary>
    Guarded,

    /// <summary>The change is made, however many sessions it disconnects.</summary>
    Forced,
}
