namespace MapiGate.Gateway.Credentials;

/// <summary>What a credential authenticates.</summary>
internal enum CredentialKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>A user's name and password: the request alone.</summary>
    Basic,

    /// <summary>A token: the request alone.</summary>
    Bearer,

    /// <summary>NTLM, Negotiate, and all that is not known: perhaps the whole connection.</summary>
    Connection,
}
