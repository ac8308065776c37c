using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Management;

/// <summary>Asks all gates on behalf of a request.</summary>
internal static class FleetRequest
{
    /// <summary>Names the gates that gave no answer, percent-encoded: a list has no room for that in its body.</summary>
    public const string MissingHeader = "X-MapiGate-Missing";

    /// <summary>Says how many gates were asked, answered or not.</summary>
    public const string GatesHeader = "X-MapiGate-Gates";

    /// <summary>The gates that follow this gate's policy, or itself alone.</summary>
    public static IGateFleet Fleet(this HttpContext http) => http.FleetIfAny() ?? new ThisGate(http.Gate(), http.RequestServices.GetService<IPolicyStore>());

    public static IGateFleet? FleetIfAny(this HttpContext http) => http.RequestServices.GetService<IGateFleet>();

    /// <summary>Asks all gates, or one, and tells in the answer's head who is missing.</summary>
    public static async Task<FleetAnswers<TAnswer>> AskAsync<TAnswer>(this HttpContext http, GateQuestion<TAnswer> question, string? gate = null)
        where TAnswer : class
    {
        var answers = await http.Fleet().AskAsync(question, gate, http.RequestAborted).ConfigureAwait(false);
        http.Response.Headers[GatesHeader] = (answers.Answers.Count + answers.Missing.Count).ToString(CultureInfo.InvariantCulture);
        if (answers.Missing.Count > 0)
        {
            http.Response.Headers[MissingHeader] = string.Join(", ", answers.Missing.Take(100).Select(gap => Uri.EscapeDataString(gap.Gate)));
        }

        return answers;
    }

    /// <summary>Sums counts of the same name, without regard to case; the greatest first.</summary>
    public static IReadOnlyList<CountRow> Sum(this IEnumerable<CountRow> counts) =>
    [
        .. counts.GroupBy(count => count.Name, StringComparer.OrdinalIgnoreCase)
            .Select(same => new CountRow(same.First().Name, same.Sum(count => count.Sessions)))
            .OrderByDescending(count => count.Sessions)
            .Take(100),
    ];

    /// <summary>Makes one receipt of those of many gates.</summary>
    public static ReceiptRow Sum(this IEnumerable<ReceiptRow> receipts)
    {
        var all = receipts.ToList();
        if (all.Count == 1)
        {
            return all[0];
        }

        var (disconnected, examined) = (all.Sum(receipt => receipt.Disconnected), all.Sum(receipt => receipt.Examined));
        return new ReceiptRow(
            all.Select(receipt => receipt.Revision).DefaultIfEmpty().Max(),
            disconnected,
            examined,
            all.Select(receipt => receipt.ElapsedMilliseconds).DefaultIfEmpty().Max(),
            null,
            string.Create(CultureInfo.InvariantCulture, $"{disconnected} of {examined} sessions disconnected in {all.Count} gates"));
    }
}
