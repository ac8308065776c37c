using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Fleet;

/// <summary>Where questions and answers go. The server lets a gate publish answers under its own name and no other, so that a name is as good as the server's word.</summary>
internal static class QuestionSubjects
{
    /// <summary>Questions: every gate may ask.</summary>
    public const string Ask = "mapigate.ask";

    /// <summary>Orders: only administrators may publish here.</summary>
    public const string Do = "mapigate.do";

    private const string Answer = "mapigate.answer.";

    private static readonly SearchValues<char> IdChars = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a question's number is one: nothing else gets into a subject.</summary>
    public static bool IsId(string? id) => id is { Length: > 0 and <= 64 } && !id.AsSpan().ContainsAnyExcept(IdChars);

    /// <summary>Where a gate answers a question.</summary>
    public static string AnswerOf(string gate, string id) => $"{Answer}{GateKey.Of(gate)}.{id}";

    /// <summary>Where everybody answers a question.</summary>
    public static string AnswersTo(string id) => $"{Answer}*.{id}";

    /// <summary>Whether somebody waits there for a reply, and it is no subject that means anything: a gate may name any.</summary>
    public static bool IsInbox([NotNullWhen(true)] string? subject) => subject is not null && (subject.StartsWith("_INBOX.", StringComparison.Ordinal) || subject.StartsWith("_R_.", StringComparison.Ordinal));

    /// <summary>Who answered there; <see langword="null"/> where nobody can have.</summary>
    public static string? GateOf(string subject)
    {
        var parts = subject.StartsWith(Answer, StringComparison.Ordinal) ? subject[Answer.Length..].Split('.') : [];
        return parts.Length == 2 ? GateKey.NameOf(parts[0]) : null;
    }
}
