using System.Globalization;
using NATS.Client.Core;

namespace MapiGate.Fleet;

/// <summary>What stands in the head of a question or an answer.</summary>
internal static class QuestionHead
{
    private const string Id = "MapiGate-Id";
    private const string To = "MapiGate-To";
    private const string Most = "MapiGate-Most";
    private const string Heard = "MapiGate-Heard";
    private const string Failed = "MapiGate-Failed";
    private const int MostReason = 300;

    /// <summary>The head of a question.</summary>
    public static NatsHeaders Ask(string id, string? to, int most)
    {
        var head = new NatsHeaders { [Id] = id, [Most] = most.ToString(CultureInfo.InvariantCulture) };
        if (to is not null)
        {
            head[To] = GateKey.Of(to);
        }

        return head;
    }

    /// <summary>The head by which a gate asks whether an order still stands.</summary>
    public static NatsHeaders Hear() => new() { [Heard] = "1" };

    /// <summary>The head of an answer that is none.</summary>
    public static NatsHeaders Fail(string reason) => new() { [Failed] = OneLine(reason) };

    /// <summary>
    /// A question's number, for which gate's key it is, if for one, and how many bytes its answer may be; <see langword="null"/> when it has no
    /// number that one could answer to.
    /// </summary>
    public static (string Id, string? To, int Most)? Read(NatsHeaders? head) => Last(head, Id) is { } id && QuestionSubjects.IsId(id)
        ? (id, Last(head, To), int.TryParse(Last(head, Most), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : int.MaxValue)
        : null;

    /// <summary>Whether a gate asks if an order still stands.</summary>
    public static bool IsHeard(NatsHeaders? head) => Last(head, Heard) is not null;

    /// <summary>Why there is no answer; <see langword="null"/> when there is one.</summary>
    public static string? ReadFailure(NatsHeaders? head) => Last(head, Failed) is { } reason ? OneLine(reason) : null;

    private static string? Last(NatsHeaders? head, string key) => head is not null && head.TryGetValue(key, out var values) && values.Count > 0 ? values[^1] : null;

    // A head is lines of ASCII, and what another gate says is shown to a person.
    private static string OneLine(string text) => string.Concat(text.Take(MostReason).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
