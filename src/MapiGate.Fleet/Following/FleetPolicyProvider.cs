namespace MapiGate.Fleet;

/// <summary>Gives the values of the fleet's document to configuration.</summary>
internal sealed class FleetPolicyProvider(FleetPolicySource source) : PolicyDocumentProvider(source)
{
    private readonly Lock _taking = new();
    private FleetDocument? _taken;

    public override string? Error => string.Join(' ', new[] { source.Rejection, source.Trouble }.OfType<string>()) is { Length: > 0 } error ? error : null;

    public override bool HasLostDocument => source.IsLost;

    public override void Load() => TryTake();

    public override bool TryTake()
    {
        lock (_taking)
        {
            if (source.Seen is { } document && document != _taken)
            {
                source.Note(document, Use(document.Text));
                _taken = document;
            }

            return source.Rejection is null;
        }
    }

    public override string ToString() => source.ToString();
}
