using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>Lets a change through that a gate holds, or gives it up there.</summary>
public sealed record HoldOrder : GateQuestion<GateHold>
{
    /// <summary>The change, by <see cref="PolicyHold.Fingerprint"/>; a gate that holds no such change does nothing.</summary>
    public string Fingerprint { get; init; } = string.Empty;

    /// <summary>Whether it is let through. Default: <see langword="false"/>, which gives it up.</summary>
    public bool IsConfirmed { get; init; }

    /// <inheritdoc/>
    public override bool IsOrder => true;

    private protected override JsonTypeInfo<GateHold> Format => GateQuestionJson.Default.GateHold;

    /// <inheritdoc/>
    public override Task<GateHold> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        try
        {
            if (IsConfirmed)
            {
                return Task.FromResult(new GateHold(true, ReceiptRow.Of(gate.Confirm(Fingerprint))));
            }

            gate.Withdraw(Fingerprint);
            return Task.FromResult(new GateHold(true, null));
        }
        catch (InvalidOperationException)
        {
            return Task.FromResult(new GateHold(false, null));
        }
    }
}
