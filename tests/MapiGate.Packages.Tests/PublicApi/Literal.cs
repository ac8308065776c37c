using System.Globalization;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>A constant as C# writes it.</summary>
internal static class Literal
{
    public static string Of(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
        char character => $"'{character}'",
        bool flag => flag ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice => OfChoice(Enum.ToObject(choice, value), choice),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string OfChoice(object value, Type choice) => Enum.IsDefined(choice, value)
        ? $"{choice.Name}.{value}"
        : $"({choice.Name}){Convert.ToString(Convert.ChangeType(value, Enum.GetUnderlyingType(choice), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}";
}
