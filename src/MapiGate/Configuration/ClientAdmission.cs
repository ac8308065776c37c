namespace MapiGate;

/// <summary>What becomes of a client that does not say enough about itself to be judged by a list.</summary>
public enum ClientAdmission
{
    /// <summary>It is let in, as Exchange does.</summary>
    Allow,

    /// <summary>It is refused.</summary>
    Deny,
}
