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

    private static IEnumerable<string> FindErrors(MapiGateOptions options) =>
    [
        .. options.ReadErrors,
        .. CheckChoice(nameof(options.ClientsWithoutProcessName), options.ClientsWithoutProcessName),
        .. CheckChoice(nameof(options.ClientsWithoutVersion), options.ClientsWithoutVersion),
        .. CheckChoice(nameof(options.Mode), options.Mode),
        .. CheckVersions(nameof(options.DisableMapiClients), options.DisableMapiClients),
        .. CheckVersions($"{nameof(options.ReportOnly)}:{nameof(options.DisableMapiClients)}", options.ReportOnly.DisableMapiClients),
        .. Check(options.MaxDisconnects is not < 0, $"{nameof(options.MaxDisconnects)} is {options.MaxDisconnects}; write 0 or more."),
        .. Check(options.MaxDisconnectPercent is null or (>= 0 and <= 100), $"{nameof(options.MaxDisconnectPercent)} is {options.MaxDisconnectPercent}; write a number from 0 to 100."),
    ];

    private static IEnumerable<string> CheckChoice<T>(string key, T value)
        where T : struct, Enum =>
        Check(Enum.IsDefined(value), $"{key} is {value:D}; write {string.Join(" or ", Enum.GetNames<T>())}.");

    private static IEnumerable<string> CheckVersions(string key, string? value) =>
        ClientVersionBlocklist.TryParse(value, out _, out var error) ? [] : [$"{key}: {error}"];

    private static IEnumerable<string> Check(bool holds, FormattableString error) =>
        holds ? [] : [FormattableString.Invariant(error)];
}
