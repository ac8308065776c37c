using System.Globalization;

namespace MapiGate.Fleet;

/// <summary>How each gate stands to the document: told by its receipt, and by how old that is.</summary>
internal static class GateStates
{
    // Three receipts that did not come, and what a write may take.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(35);

    /// <param name="receipt">What the gate said last; <see langword="null"/> when that cannot be read.</param>
    /// <param name="key">By what right it said so.</param>
    /// <param name="age">How long ago.</param>
    /// <param name="newest">The newest document that is known; <see langword="null"/> when none was ever written.</param>
    /// <param name="kept">The document that the servers keep.</param>
    public static FleetGate Judge(GateReceipt? receipt, string key, TimeSpan age, FleetDocument? newest, FleetDocument? kept)
    {
        var name = GateKey.NameOf(key) ?? key;
        if (receipt is null)
        {
            return new FleetGate
            {
                Name = name,
                State = age > LostAfter ? FleetGateState.Lost : FleetGateState.Diverged,
                Detail = "Its receipt cannot be read; is it of another version?",
                Age = age,
            };
        }

        var seen = new PolicyPosition(receipt.SeenEpoch, receipt.SeenGeneration);
        var wanted = newest?.Position ?? PolicyPosition.None;
        var (state, detail) =
            age > LostAfter ? (FleetGateState.Lost, string.Create(CultureInfo.InvariantCulture, $"Nothing was heard of it for {age.TotalSeconds:0} s. It enforces what it had, {seen}: see whether it runs, and reaches the fleet's servers."))
            : seen < wanted ? (FleetGateState.Applying, $"It has not taken {wanted} yet.")
            : seen > (kept?.Position ?? PolicyPosition.None) ? (FleetGateState.Diverged, $"It has document {seen}, which the fleet's servers have lost: a gate with an administrator's credentials gives it back.")
            : receipt.State == GateReceiptState.Held ? (FleetGateState.Held, receipt.Reason)
            : receipt.State == GateReceiptState.Rejected ? (FleetGateState.Rejected, receipt.Reason)
            : newest is not null && receipt.Fingerprint != newest.Fingerprint ? (FleetGateState.Diverged, receipt.Reason.Length > 0 ? receipt.Reason : "It enforces something else than the document says.")
            : (FleetGateState.Synced, string.Empty);
        if (receipt.IsNameShared && state != FleetGateState.Lost)
        {
            (state, detail) = (state == FleetGateState.Synced ? FleetGateState.Diverged : state, $"{GateReporter.NameSharedText(name)} What is told here is true of one of them. {detail}".TrimEnd());
        }

        return new FleetGate
        {
            // The name that it wrote by, whatever it calls itself.
            Name = name,
            State = state,
            Detail = detail,
            Age = age,
            Since = receipt.Since,
            Seen = seen,
            Applied = new PolicyPosition(receipt.AppliedEpoch, receipt.AppliedGeneration),
            Fingerprint = receipt.Fingerprint,
            Sessions = receipt.Sessions,
            Disconnected = receipt.Disconnected,
            ProgramVersion = receipt.ProgramVersion,
            Revision = receipt.Revision,
        };
    }
}
