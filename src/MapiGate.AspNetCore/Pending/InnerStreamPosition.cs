using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MapiGate.Protocol;

namespace MapiGate.AspNetCore;

/// <summary>
/// How far a response has come through the meta-tags of the inner stream (PROCESSING, PENDING, DONE), so that a gate which
/// must end it knows whether it can do so in the protocol's form. Looks at each byte up to DONE, and at none after it.
/// </summary>
/// <remarks>
/// gromox leaves out the line end after PENDING: a tag that stands complete without one counts as a line, and gets its line
/// end from the gate.
/// </remarks>
internal struct InnerStreamPosition
{
    private const int LongestTag = 10;

    private TagBuffer _line;
    private int _lineLength;
    private bool _tagsAreOver;

    /// <summary>The bytes of the body so far.</summary>
    public long Length { get; private set; }

    [UnscopedRef]
    private readonly ReadOnlySpan<byte> Line => ((ReadOnlySpan<byte>)_line)[.._lineLength];

    public void Advance(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        for (var i = 0; i < bytes.Length && !_tagsAreOver; i++)
        {
            Advance(bytes[i]);
        }
    }

    /// <summary>What must come before DONE here; false when DONE has come, a tag is torn or this is no inner stream.</summary>
    public readonly bool TryGetLeadIn(out ReadOnlySpan<byte> leadIn)
    {
        leadIn = Length == 0 ? MapiHttpFraming.Processing : _lineLength == 0 ? [] : "\r\n"u8;
        return !_tagsAreOver && (_lineLength == 0 || IsTag(Line));
    }

    private static bool IsTag(ReadOnlySpan<byte> line) => line.SequenceEqual("PENDING"u8) || line.SequenceEqual("PROCESSING"u8);

    private void Advance(byte next)
    {
        var line = Line;
        if (next == '\n')
        {
            _tagsAreOver = !IsTag(line.TrimEnd((byte)'\r'));
            _lineLength = 0;
            return;
        }

        if (next != '\r' && IsTag(line))
        {
            _lineLength = 0;
        }

        if (_lineLength > LongestTag)
        {
            _tagsAreOver = true;
            return;
        }

        _line[_lineLength++] = next;
    }

    // A tag and its carriage return.
    [InlineArray(LongestTag + 1)]
    private struct TagBuffer
    {
        private byte _first;
    }
}
