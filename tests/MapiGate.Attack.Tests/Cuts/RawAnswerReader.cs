using System.Globalization;
using System.Text;

namespace MapiGate.Attack.Tests.Cuts;

/// <summary>Reads HTTP/1.1 answers byte by byte and puts up with nothing: for a test that must notice a torn one.</summary>
internal sealed class RawAnswerReader(Stream connection)
{
    private readonly byte[] _buffer = new byte[4096];
    private int _read;
    private int _length;

    public async Task<RawAnswer> ReadAsync()
    {
        var statusLine = await ReadLineAsync();
        if (!statusLine.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"no status line: {statusLine}");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 1 || !headers.TryAdd(line[..colon], line[(colon + 2)..]))
            {
                throw new InvalidDataException($"no header, or one that is doubled: {line}");
            }
        }

        var isChunked = headers.GetValueOrDefault("Transfer-Encoding") == "chunked";
        if (isChunked == headers.ContainsKey("Content-Length"))
        {
            throw new InvalidDataException("an answer has a length or chunks, and not both");
        }

        var body = isChunked ? await ReadChunksAsync() : await ReadExactlyAsync(int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture));
        return new RawAnswer(int.Parse(statusLine.Split(' ')[1], CultureInfo.InvariantCulture), headers, body);
    }

    private async Task<byte[]> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (int.Parse(await ReadLineAsync(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is > 0 and var length)
        {
            body.Write(await ReadExactlyAsync(length));
            await ReadEmptyLineAsync();
        }

        await ReadEmptyLineAsync();
        return body.ToArray();
    }

    private async Task ReadEmptyLineAsync()
    {
        if (await ReadLineAsync() is { Length: > 0 } line)
        {
            throw new InvalidDataException($"a chunk is longer than it says: {line}");
        }
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            var next = await ReadByteAsync();
            if (next == '\n')
            {
                return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : throw new InvalidDataException($"a line ends without a carriage return: {line}");
            }

            line.Append((char)next);
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = await ReadByteAsync();
        }

        return bytes;
    }

    private async ValueTask<byte> ReadByteAsync()
    {
        if (_read == _length)
        {
            _read = 0;
            _length = await connection.ReadAsync(_buffer);
            if (_length == 0)
            {
                throw new EndOfStreamException("the connection ended within an answer");
            }
        }

        return _buffer[_read++];
    }
}
