using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>What a gate says of a client, by the policy in force or by a document, and why.</summary>
public sealed record ExplainQuestion : GateQuestion<GateExplanation>
{
    /// <summary>The executable names that it reports.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];

    /// <summary>Its version, as in <c>16.0.15928.20006</c>.</summary>
    public string? Version { get; init; }

    /// <summary>The account.</summary>
    public string? User { get; init; }

    /// <summary>The mailbox.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Where it comes from.</summary>
    public string? Address { get; init; }

    /// <summary>A document to be asked instead of the policy in force.</summary>
    public string? Document { get; init; }

    private protected override JsonTypeInfo<GateExplanation> Format => GateQuestionJson.Default.GateExplanation;

    /// <summary>Everything that is wrong with the client, each with its key, its value and the fix.</summary>
    public IReadOnlyList<string> FindErrors() => Read(out _);

    /// <inheritdoc/>
    public override async Task<GateExplanation> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        if (Read(out var client) is { Count: > 0 } errors)
        {
            throw new InvalidOperationException(errors[0]);
        }

        if (Document is null)
        {
            return GateExplanation.Of(gate.Explain(client));
        }

        var draft = await PreviewQuestion.ReadAsync(store, Document, cancellationToken).ConfigureAwait(false);
        using var asked = new Gatekeeper(draft.Policy ?? throw new InvalidOperationException(draft.Errors[0]));
        return GateExplanation.Of(asked.Explain(client));
    }

    private protected override GateExplanation? Shorten(GateExplanation answer) => answer.Steps.Count == 0 ? null : answer with { Steps = [.. answer.Steps.Take(answer.Steps.Count / 2)] };

    private List<string> Read(out MapiClient client)
    {
        Version? version = null;
        IPAddress? address = null;
        List<string> errors = [];
        if (!string.IsNullOrWhiteSpace(Version) && !System.Version.TryParse(Version, out version))
        {
            errors.Add($"version is \"{Version}\"; write four numbers, as in 16.0.15928.20006.");
        }

        if (!string.IsNullOrWhiteSpace(Address) && !IPAddress.TryParse(Address, out address))
        {
            errors.Add($"address is \"{Address}\"; write an IP address, as in 10.1.2.3.");
        }

        client = new MapiClient { ProcessNames = Processes, Version = version, UserName = User, UserDn = Mailbox, RemoteAddress = address };
        return errors;
    }
}
