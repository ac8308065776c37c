namespace MapiGate;

/// <summary>Which document a fleet follows, and who wrote it.</summary>
/// <param name="Position">Where it stands among all that the fleet has had.</param>
/// <param name="Version">Names this very document, as <see cref="StoredPolicy.Version"/> does.</param>
/// <param name="Fingerprint">Names the policy that it makes where no other source says anything.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Time">When, in UTC, by the writer's clock.</param>
public sealed record FleetDocumentInfo(PolicyPosition Position, string Version, string Fingerprint, string Author, string Reason, DateTimeOffset Time);
