using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace MapiGate;

/// <summary>The policies that come with the gate.</summary>
public static class ConnectionPolicy
{
    /// <summary>A policy that lets everybody in.</summary>
    public static IConnectionPolicy AllowAll { get; } = FromOptions(new MapiGateOptions());

    /// <summary>The policy that the options describe. Later changes to <paramref name="options"/> do not touch it.</summary>
    /// <remarks>
    /// Asked by itself, it gives the verdict of all that is written, whatever moment it is; a <see cref="Gatekeeper"/> has
    /// each rule and exemption begin and end.
    /// </remarks>
    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    public static IConnectionPolicy FromOptions(MapiGateOptions options) =>
        TryFromOptions(options, out var policy, out var errors) ? policy : throw new OptionsValidationException(Options.DefaultName, typeof(MapiGateOptions), errors);

    /// <summary>The policy that the options describe, if they are valid.</summary>
    /// <param name="options">The options. Later changes to them do not touch the policy.</param>
    /// <param name="policy">The policy; <see langword="null"/> when the options are not valid.</param>
    /// <param name="errors">Everything that is wrong with them, each with its key, its value and the fix.</param>
    public static bool TryFromOptions(MapiGateOptions options, [NotNullWhen(true)] out IConnectionPolicy? policy, out IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        (policy, errors) = OptionsReader.Read(options);
        return policy is not null;
    }
}
