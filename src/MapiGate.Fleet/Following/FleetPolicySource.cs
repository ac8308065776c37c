using Microsoft.Extensions.Configuration;

namespace MapiGate.Fleet;

/// <summary>The fleet's document as a source of configuration: it begins with what is on this gate's disk, and is given what comes.</summary>
internal sealed class FleetPolicySource(string servers, LastGoodDocument lastGood) : IConfigurationSource
{
    private FleetPolicyProvider? _provider;
    private bool _isLastGoodUnreadable;

    /// <summary>The newest document that came, whether it can be used or not; <see langword="null"/> before the first.</summary>
    public FleetDocument? Seen { get; private set; }

    /// <summary>The newest document that the gate has been made to follow; behind <see cref="Seen"/> only while it is.</summary>
    public FleetDocument? Followed { get; private set; }

    /// <summary>The newest document that could be used.</summary>
    public FleetDocument? Used { get; private set; }

    /// <summary>Whether there was a document that can't be read or used, and none that can has come since.</summary>
    public bool IsLost => Used is null && (_isLastGoodUnreadable || Rejection is not null);

    /// <summary>Why what came last can't be used; <see langword="null"/> when it can.</summary>
    public string? Rejection { get; private set; }

    /// <summary>Why what came last may not be the newest there is, or be forgotten by a restart; <see langword="null"/> when neither is so.</summary>
    public string? Trouble { get; set; }

    public IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        if (_provider is null)
        {
            Followed = Seen = lastGood.Read();
            Trouble = lastGood.Problem;
            _isLastGoodUnreadable = lastGood.Problem is not null;
            _provider = new FleetPolicyProvider(this);
        }

        return _provider;
    }

    /// <summary>Has a document be the next that is taken.</summary>
    public void Offer(FleetDocument document) => Seen = document;

    /// <summary>Notes that the gate follows what was offered.</summary>
    public void NoteFollowed() => Followed = Seen;

    /// <summary>Notes what became of the document that was offered.</summary>
    public void Note(FleetDocument document, IReadOnlyList<string> errors)
    {
        Rejection = errors.Count == 0 ? null
            : $"The fleet's document {document.Position} of {document.Author} cannot be used here, and what it said before stays in force: {string.Join(' ', errors)}";
        Used = errors.Count == 0 ? document : Used;
    }

    public override string ToString() => $"the fleet's document ({servers})";
}
