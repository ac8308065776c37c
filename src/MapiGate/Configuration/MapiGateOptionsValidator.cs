using Microsoft.Extensions.Options;

namespace MapiGate;

/// <summary>Checks the options, in messages that name the key, the value and the fix.</summary>
internal sealed class MapiGateOptionsValidator : IValidateOptions<MapiGateOptions>
{
    public ValidateOptionsResult Validate(string? name, MapiGateOptions options) =>
        ConnectionPolicy.TryFromOptions(options, out _, out var errors) ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
}
