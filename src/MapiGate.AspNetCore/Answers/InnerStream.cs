using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using MapiGate.Protocol;

namespace MapiGate.AspNetCore;

/// <summary>
/// What a response has said so far, as far as the gate must know: how it could be ended in the protocol's form, the code after
/// DONE, and how a Connect ended. Looks at the lines up to the body, at the body's first eight bytes, and at none after them.
/// </summary>
/// <remarks>
/// gromox leaves out the line end after PENDING: a tag that stands complete without one counts as a line, and gets its line
/// end from the gate.
/// </remarks>
internal struct InnerStream
{
    private const int StatusAndErrorLength = 8;

    private LineBuffer _line;
    private int _lineLength;
    private Part _part;
    private int _bodyLength;

    private enum Part
    {
        Tags,
        Headers,
        Body,
        Unreadable,
    }

    /// <summary>The bytes of the response's body so far.</summary>
    public long Length { get; private set; }

    /// <summary>X-ResponseCode after DONE, where there was one.</summary>
    public MapiHttpResponseCode? LateCode { get; private set; }

    /// <summary>Whether this is no inner stream, so that nothing can be learnt from it.</summary>
    public readonly bool IsUnreadable => _part == Part.Unreadable;

    /// <summary>Whether a failure has been said after DONE: what follows it is for people, and may be left out.</summary>
    public readonly bool HasFailed => _part == Part.Body && LateCode is not (null or MapiHttpResponseCode.Success);

    /// <summary>Whether the body has come so far that it has said how the request ended.</summary>
    public readonly bool HasResult => HasFailed || _bodyLength == StatusAndErrorLength;

    /// <summary>Whether it ended well: no late failure, StatusCode 0 and ErrorCode 0 (MS-OXCMAPIHTTP 2.2.4.1.2).</summary>
    public readonly bool HasSucceeded => !HasFailed && _bodyLength == StatusAndErrorLength && BinaryPrimitives.ReadInt64LittleEndian(Line(StatusAndErrorLength)) == 0;

    /// <summary>From here on nothing is looked at: a body that is compressed, say.</summary>
    public void StopReading() => _part = Part.Unreadable;

    public void Advance(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty && _part != Part.Unreadable)
        {
            bytes = _part switch
            {
                Part.Tags => ReadTag(bytes),
                Part.Headers => ReadHeader(bytes),
                _ => ReadBody(bytes),
            };
        }
    }

    /// <summary>What must come before DONE here; false when DONE has come, a tag is torn or this is no inner stream.</summary>
    public readonly bool TryGetLeadIn(out ReadOnlySpan<byte> leadIn)
    {
        leadIn = Length == 0 ? MapiHttpFraming.Processing : _lineLength == 0 ? [] : "\r\n"u8;
        return _part == Part.Tags && (_lineLength == 0 || IsTag(Line(_lineLength)));
    }

    private static bool IsTag(ReadOnlySpan<byte> line) => line.SequenceEqual("PENDING"u8) || line.SequenceEqual("PROCESSING"u8);

    [UnscopedRef]
    private readonly ReadOnlySpan<byte> Line(int length) => ((ReadOnlySpan<byte>)_line)[..length];

    private ReadOnlySpan<byte> ReadTag(ReadOnlySpan<byte> bytes)
    {
        var next = bytes[0];
        var line = Line(_lineLength);
        if (next == '\n')
        {
            var tag = line.TrimEnd((byte)'\r');
            _part = IsTag(tag) ? Part.Tags : tag.SequenceEqual("DONE"u8) ? Part.Headers : Part.Unreadable;
            _lineLength = 0;
            return bytes[1..];
        }

        if (next != '\r' && IsTag(line))
        {
            _lineLength = 0;
        }

        Keep(bytes[..1]);
        _part = _lineLength > "PROCESSING\r"u8.Length ? Part.Unreadable : Part.Tags;
        return bytes[1..];
    }

    private ReadOnlySpan<byte> ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        Keep(end < 0 ? bytes : bytes[..end]);
        if (end < 0)
        {
            return [];
        }

        var line = Line(_lineLength).TrimEnd((byte)'\r');
        _part = line.IsEmpty ? Part.Body : Part.Headers;
        _lineLength = 0;
        var colon = line.IndexOf((byte)':');
        if (colon > 0 && Ascii.EqualsIgnoreCase(line[..colon], MapiHttpHeaders.ResponseCode)
            && Utf8Parser.TryParse(line[(colon + 1)..].Trim((byte)' '), out int code, out _))
        {
            LateCode = (MapiHttpResponseCode)code;
        }

        return bytes[(end + 1)..];
    }

    private ReadOnlySpan<byte> ReadBody(ReadOnlySpan<byte> bytes)
    {
        Keep(bytes[..Math.Min(bytes.Length, StatusAndErrorLength - _bodyLength)]);
        _bodyLength = _lineLength;
        return [];
    }

    // Of a line that is longer than any that matters, its beginning.
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..Math.Min(bytes.Length, LineBuffer.Length - _lineLength)];
        kept.CopyTo(((Span<byte>)_line)[_lineLength..]);
        _lineLength += kept.Length;
    }

    [InlineArray(Length)]
    private struct LineBuffer
    {
        public const int Length = 32;

        private byte _first;
    }
}
