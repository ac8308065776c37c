using System.Runtime.CompilerServices;

namespace MapiGate;

/// <summary>How a process name is read before it is compared.</summary>
internal static class ProcessName
{
    /// <summary>The comparison of every process name. Never the culture's: Turkish has a dotted capital i.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>What follows the last <c>\</c> or <c>/</c>, trimmed: clients send a bare name or a full path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<char> Image(ReadOnlySpan<char> name)
    {
        var separator = name.LastIndexOfAny('\\', '/');
        return name[(separator + 1)..].Trim();
    }

    /// <summary>The image of each name. Most names are their own image: then it is the same text, and no memory.</summary>
    public static string[] Images(string[] names)
    {
        var images = names;
        for (var i = 0; i < names.Length; i++)
        {
            if (Image(names[i]) is var image && image.Length < names[i].Length)
            {
                images = ReferenceEquals(images, names) ? [.. names] : images;
                images[i] = image.ToString();
            }
        }

        return images;
    }
}
