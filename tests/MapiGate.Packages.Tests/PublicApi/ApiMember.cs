namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>One line of the printed surface, with the attributes above it.</summary>
internal sealed record ApiMember(int Order, string Name, IReadOnlyList<string> Attributes, string Declaration);
