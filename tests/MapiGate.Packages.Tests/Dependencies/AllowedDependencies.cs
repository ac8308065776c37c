using System.IO.Enumeration;

namespace MapiGate.Packages.Tests.Dependencies;

/// <summary>What each package may depend on. Each line here is something that every user of the package takes along.</summary>
internal sealed record AllowedDependencies(IReadOnlyList<string> Patterns)
{
    private static readonly Dictionary<string, AllowedDependencies> ByPackage = new()
    {
        ["MapiGate.Protocol"] = new([]),
        ["MapiGate"] = new(["Microsoft.Extensions.*"]),
        ["MapiGate.AspNetCore"] = new(["MapiGate", "MapiGate.Protocol", "Microsoft.AspNetCore.App"]),
        ["MapiGate.Gateway"] = new(["MapiGate*", "Microsoft.*", "OpenTelemetry*", "Yarp.ReverseProxy"]),
        ["MapiGate.Cli"] = new(["System.CommandLine", "Spectre.Console"]),
        ["MapiGate.Management"] = new(["MapiGate", "Microsoft.AspNetCore.App"]),
        ["MapiGate.Fleet"] = new(["MapiGate", "Microsoft.Extensions.*", "NATS.*"]),
        ["MapiGate.Registry"] = new(["MapiGate", "Microsoft.Extensions.*"]),
    };

    public static AllowedDependencies Of(string package) => ByPackage.TryGetValue(package, out var allowed)
        ? allowed
        : throw new InvalidOperationException($"{package} is new: say in {nameof(AllowedDependencies)} what it may depend on.");

    public bool Allows(string dependency) => Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, dependency));
}
