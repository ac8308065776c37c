namespace MapiGate.Management;

/// <summary>A client that is turned away again and again.</summary>
internal sealed record RefusedAnswer(
    string Process,
    string? Version,
    string User,
    string Rule,
    long Count,
    DateTimeOffset First,
    DateTimeOffset Last)
{
    public static RefusedAnswer Of(RefusedClient refused) => new(refused.Process, refused.Version?.ToString(), refused.User, refused.Rule, refused.Count, refused.First, refused.Last);
}
