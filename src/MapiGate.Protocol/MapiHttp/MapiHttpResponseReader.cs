using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>Reads a MAPI/HTTP response as it arrives: meta-tags of a long poll when they come, the body at the end.</summary>
/// <remarks>
/// MS-OXCMAPIHTTP 2.2.7. Bytes may be fed in pieces of any size. Memory is bounded whatever the server sends. Not for
/// use by several threads at once.
/// </remarks>
public sealed class MapiHttpResponseReader
{
    /// <summary>Most bytes of a body kept unless told otherwise: the largest RopBuffer and room for what surrounds it.</summary>
    public const int DefaultMaxBodySize = ExecuteResponse.MaxRopBufferSize + 0x10000;

    // A long poll of five minutes has twenty PENDINGs, and a DONE three headers.
    private const int MaxLines = 4096;
    private const int MaxLineLength = 1024;

    private readonly int _maxBodySize;
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly List<string> _metaTags = [];
    private readonly byte[] _line = new byte[MaxLineLength];
    private int _lineLength;
    private int _lines;
    private State _state;

    /// <summary>Starts before the first byte of a response.</summary>
    /// <param name="maxBodySize">A longer body is malformed.</param>
    public MapiHttpResponseReader(int maxBodySize = DefaultMaxBodySize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBodySize);
        _maxBodySize = maxBodySize;
        Head = new MapiHttpInnerResponse { MetaTags = _metaTags };
    }

    private enum State
    {
        Tags,
        Headers,
        Body,
        Malformed,
    }

    /// <summary>How many bytes of the body have come.</summary>
    public int BodyLength => _body.WrittenCount;

    /// <summary>What is known so far, without the body.</summary>
    internal MapiHttpInnerResponse Head { get; private set; }

    /// <summary>Takes bytes off the front of <paramref name="input"/>, up to the next event.</summary>
    /// <param name="input">The bytes that have arrived; call again with what is left until there is nothing more to find.</param>
    /// <returns>
    /// What was found. After <see cref="MapiHttpResponseEvent.Done"/> the bytes left are the body's first; further
    /// calls collect it and return <see cref="MapiHttpResponseEvent.NeedMoreData"/>.
    /// </returns>
    public MapiHttpResponseEvent Read(ref ReadOnlySpan<byte> input)
    {
        while (_state is State.Tags or State.Headers)
        {
            if (!TryTakeLine(ref input, out ReadOnlySpan<byte> line))
            {
                return _state == State.Malformed ? MapiHttpResponseEvent.Malformed : MapiHttpResponseEvent.NeedMoreData;
            }

            MapiHttpResponseEvent found = _state == State.Tags ? ReadTag(line) : ReadHeader(line);
            if (found != MapiHttpResponseEvent.NeedMoreData)
            {
                return found;
            }
        }

        return _state == State.Body ? ReadBody(ref input) : MapiHttpResponseEvent.Malformed;
    }

    /// <summary>The response, once the HTTP response has ended.</summary>
    /// <returns>False if it ended too early. One without a single byte is whole: a PING has no answer.</returns>
    public bool TryComplete([NotNullWhen(true)] out MapiHttpInnerResponse? response)
    {
        bool nothingCame = _state == State.Tags && _lines == 0 && _lineLength == 0;
        response = _state == State.Body || nothingCame
            ? Head with { MetaTags = _metaTags.ToArray(), Body = _body.WrittenMemory }
            : null;
        return response is not null;
    }

    private MapiHttpResponseEvent ReadTag(ReadOnlySpan<byte> line)
    {
        (string? tag, MapiHttpResponseEvent found) =
            line.SequenceEqual("PROCESSING"u8) ? ("PROCESSING", MapiHttpResponseEvent.Processing)
            : line.SequenceEqual("PENDING"u8) ? ("PENDING", MapiHttpResponseEvent.Pending)
            : line.SequenceEqual("DONE"u8) ? ("DONE", MapiHttpResponseEvent.NeedMoreData)
            : (null, MapiHttpResponseEvent.Malformed);
        if (tag is null)
        {
            return Fail();
        }

        _metaTags.Add(tag);
        if (found == MapiHttpResponseEvent.NeedMoreData)
        {
            // DONE is told when its headers are there.
            _state = State.Headers;
        }

        return found;
    }

    private MapiHttpResponseEvent ReadHeader(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            _state = State.Body;
            return MapiHttpResponseEvent.Done;
        }

        if (!InnerHeader.TryApply(line, Head, out MapiHttpInnerResponse? head))
        {
            return Fail();
        }

        Head = head;
        return MapiHttpResponseEvent.NeedMoreData;
    }

    private MapiHttpResponseEvent ReadBody(ref ReadOnlySpan<byte> input)
    {
        if (input.Length > _maxBodySize - _body.WrittenCount)
        {
            return Fail();
        }

        _body.Write(input);
        input = default;
        return MapiHttpResponseEvent.NeedMoreData;
    }

    /// <summary>A line without its CRLF, once its LF has come.</summary>
    private bool TryTakeLine(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line)
    {
        line = default;
        int end = input.IndexOf((byte)'\n');
        ReadOnlySpan<byte> part = end < 0 ? input : input[..end];
        if (part.Length > MaxLineLength - _lineLength || (end >= 0 && ++_lines > MaxLines))
        {
            Fail();
            return false;
        }

        part.CopyTo(_line.AsSpan(_lineLength));
        _lineLength += part.Length;
        input = input[(end < 0 ? input.Length : end + 1)..];
        if (end < 0)
        {
            return false;
        }

        line = _line.AsSpan(0, _lineLength);
        _lineLength = 0;
        if (!line.IsEmpty && line[^1] == '\r')
        {
            line = line[..^1];
        }

        return true;
    }

    private MapiHttpResponseEvent Fail()
    {
        _state = State.Malformed;
        return MapiHttpResponseEvent.Malformed;
    }
}
