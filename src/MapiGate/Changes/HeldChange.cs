namespace MapiGate;

/// <summary>A change that the fuse stopped, waiting to be confirmed or withdrawn.</summary>
internal sealed record HeldChange(PolicyHold Hold, RulePolicy Policy, ChangeOrigin Origin);
