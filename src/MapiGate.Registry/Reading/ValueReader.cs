using System.Buffers;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MapiGate.Registry;

/// <summary>Reads one value, without trusting its type, its length or its bytes.</summary>
[SupportedOSPlatform("windows")]
internal static class ValueReader
{
    // The longest text and the NUL that ends it.
    private const int BufferSize = (RegistryText.LongestText + 1) * sizeof(char);

    public static ValueReading Read(SafeRegistryHandle key, PolicyValue value, RegistryLocation location)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var size = BufferSize;
            var error = Advapi32.RegQueryValueEx(key, value.Name, 0, out var type, buffer.AsSpan(0, BufferSize), ref size);
            return error switch
            {
                Win32Error.Success => Decode(type, buffer.AsSpan(0, size), value, location),
                Win32Error.MoreData when IsText(type) => TooLong(value, location),
                Win32Error.MoreData => WrongType(type, value, location),
                _ when Win32Error.IsAbsent(error) => ValueReading.Absent,
                _ => Failed(value, location, $"cannot be read: {Win32Error.Describe(error)}", "Write it anew"),
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ValueReading Decode(RegistryType type, ReadOnlySpan<byte> bytes, PolicyValue value, RegistryLocation location)
    {
        if (!IsText(type))
        {
            return WrongType(type, value, location);
        }

        string? note = null;
        string text;
        if (type == RegistryType.MultiText)
        {
            text = RegistryText.DecodeLines(bytes);
            note = $"{Name(value, location)} is a REG_MULTI_SZ and is taken line by line; make it one text: {location.CommandToWrite(value.Name, text)}";
        }
        else
        {
            text = RegistryText.Decode(bytes, out var isCut);
            if (isCut)
            {
                note = $"{Name(value, location)} has a NUL after {text.Length} characters and is read up to there; write it anew: {location.CommandToWrite(value.Name, text)}";
            }
        }

        return text.Length > RegistryText.LongestText ? TooLong(value, location) : new ValueReading(text, Note: note);
    }

    private static bool IsText(RegistryType type) => type is RegistryType.Text or RegistryType.ExpandText or RegistryType.MultiText;

    private static ValueReading WrongType(RegistryType type, PolicyValue value, RegistryLocation location) =>
        Failed(value, location, $"is a {NameOf(type)}", "Make it a REG_SZ");

    private static ValueReading TooLong(PolicyValue value, RegistryLocation location) =>
        Failed(value, location, $"has more than {RegistryText.LongestText} characters", "Shorten it");

    private static ValueReading Failed(PolicyValue value, RegistryLocation location, string problem, string fix) => new(
        null, Error: ReadError.Describe($"{Name(value, location)} {problem}", $"{fix}: {location.CommandToWrite(value.Name, value.Example)}"));

    private static string Name(PolicyValue value, RegistryLocation location) => $"{location}, value \"{value.Name}\",";

    private static string NameOf(RegistryType type) => type switch
    {
        RegistryType.None => "REG_NONE",
        RegistryType.Binary => "REG_BINARY",
        RegistryType.DWord => "REG_DWORD",
        RegistryType.QWord => "REG_QWORD",
        _ => $"value of type {(int)type}",
    };
}
