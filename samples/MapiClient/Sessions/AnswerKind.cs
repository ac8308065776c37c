namespace MapiClient.Sessions;

/// <summary>What an answer means for a client.</summary>
internal enum AnswerKind
{
    Success,

    /// <summary>No answer: nobody listens, or the connection broke.</summary>
    Unreachable,

    /// <summary>401: unknown user or wrong password.</summary>
    NotAuthenticated,

    /// <summary>The server understood, and says no.</summary>
    Refused,

    /// <summary>There is no such session any more.</summary>
    Cut,

    /// <summary>Anything else: a code or a body that this client knows no use for.</summary>
    Failed,
}
