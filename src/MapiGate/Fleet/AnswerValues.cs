using System.Text.Json;

namespace MapiGate;

/// <summary>Looks through what a gate answered for what the types let pass: nothing where a row belongs, and numbers that no gate counts to.</summary>
internal static class AnswerValues
{
    // Sums over however many gates stay numbers, and a page's script knows each exactly.
    private const double Beyond = 1L << 48;

    /// <summary>Whether all of it can be shown and summed.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool AreUsable(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var before = JsonTokenType.None;
        while (reader.Read())
        {
            if ((reader.TokenType == JsonTokenType.Null && before != JsonTokenType.PropertyName)
                || (reader.TokenType == JsonTokenType.Number && !(reader.TryGetDouble(out var number) && number is >= 0 and < Beyond)))
            {
                return false;
            }

            before = reader.TokenType;
        }

        return true;
    }
}
