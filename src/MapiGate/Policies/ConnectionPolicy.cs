namespace MapiGate;

/// <summary>The policies that come with the gate.</summary>
public static class ConnectionPolicy
{
    /// <summary>A policy that lets everybody in.</summary>
    public static IConnectionPolicy AllowAll { get; } = new OptionsPolicy(new MapiGateOptions());

    /// <summary>The policy that the options describe. Later changes to <paramref name="options"/> do not touch it.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options are not valid.</exception>
    public static IConnectionPolicy FromOptions(MapiGateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        MapiGateOptionsValidator.ThrowIfInvalid(options);
        return new OptionsPolicy(options);
    }
}
