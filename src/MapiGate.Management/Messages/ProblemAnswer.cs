namespace MapiGate.Management;

/// <summary>What went wrong (RFC 9457), with every error; and what was held back, where that is what went wrong.</summary>
internal sealed record ProblemAnswer(
    string Title,
    int Status,
    string Detail,
    IReadOnlyList<ErrorAnswer> Errors,
    HoldRow? Hold);
