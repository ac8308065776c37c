using Microsoft.Extensions.Options;

namespace MapiGate;

/// <summary>Checks the options, in messages that name the key, the value and the fix.</summary>
internal sealed class MapiGateOptionsValidator : IValidateOptions<MapiGateOptions>
{
    public ValidateOptionsResult Validate(string? name, MapiGateOptions options)
    {
        var errors = FindErrors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    public static void ThrowIfInvalid(MapiGateOptions options)
    {
        var errors = FindErrors(options).ToList();
        if (errors.Count > 0)
        {
            throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(MapiGateOptions), errors);
        }
    }

    private static IEnumerable<string> FindErrors(MapiGateOptions options)
    {
        foreach (var error in options.ReadErrors)
        {
            yield return error;
        }

        if (!Enum.IsDefined(options.ClientsWithoutProcessName))
        {
            yield return $"{nameof(MapiGateOptions.ClientsWithoutProcessName)} is {(int)options.ClientsWithoutProcessName}; set it to Allow or Deny.";
        }
    }
}
