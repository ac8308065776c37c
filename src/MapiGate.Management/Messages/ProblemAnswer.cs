namespace MapiGate.Management;

/// <summary>What went wrong (RFC 9457), with every error.</summary>
internal sealed record ProblemAnswer(
    string Title,
    int Status,
    string Detail,
    IReadOnlyList<ErrorAnswer> Errors);
