using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet;

/// <summary>
/// Takes the newest document, by whatever way it is heard of. It never takes one that stands before what it has: what the
/// servers forgot, they are given back.
/// </summary>
internal sealed class FleetFollower(FleetPolicySource source, IPolicyDocumentFollower follower, LastGoodDocument lastGood, ILogger logger)
{
    private readonly Lock _taking = new();
    private (FleetDocument? Document, PolicyReceipt? Receipt) _last;

    /// <summary>Called after something was taken.</summary>
    public event Action? Taken;

    /// <summary>The newest document that came.</summary>
    public FleetDocument? Newest => source.Seen;

    /// <summary>Where the document stands that the policy in force was made of.</summary>
    public PolicyPosition Applied => source.Used?.Position ?? PolicyPosition.None;

    /// <summary>Takes a document, unless it stands before what is here, and has the gate follow it.</summary>
    /// <returns>What became of the change, even when somebody else brought it first; <see langword="null"/> when nothing changed.</returns>
    public PolicyReceipt? Take(FleetDocument document)
    {
        PolicyReceipt? receipt;
        lock (_taking)
        {
            if (document == _last.Document)
            {
                return _last.Receipt;
            }

            if (source.Seen is { } seen && (document.Position < seen.Position || document == seen))
            {
                return null;
            }

            source.Offer(document);
            receipt = follower.Follow(source);
            source.NoteFollowed();
            _last = (document, receipt);
            FleetLog.DocumentTaken(logger, document.Position, document.Author, document.Version);
            if (source.Used == document)
            {
                lastGood.Keep(document, logger);
            }
        }

        Taken?.Invoke();
        return receipt;
    }

    /// <summary>Says what is wrong with the fleet, and with the place of the last good document, which is tried anew.</summary>
    /// <param name="troubles">Why what is here may not be the newest there is, or whatever else somebody has to mend.</param>
    public void Report(params IEnumerable<string?> troubles)
    {
        lock (_taking)
        {
            if (lastGood.Problem is not null && source.Used is { } used)
            {
                lastGood.Keep(used, logger);
            }

            var trouble = string.Join(' ', troubles.Append(lastGood.Problem).OfType<string>()) is { Length: > 0 } text ? text : null;
            if (source.Trouble != trouble)
            {
                source.Trouble = trouble;
                _ = follower.Follow(source);
            }
        }
    }
}
