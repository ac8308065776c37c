namespace MapiGate.Management;

/// <summary>One rule or exemption that was asked.</summary>
internal sealed record StepAnswer(
    string Kind,
    string Name,
    string Text,
    bool Applies,
    bool Decides);
