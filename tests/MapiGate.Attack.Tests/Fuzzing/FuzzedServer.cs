using System.Buffers;
using System.Globalization;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>The server behind the gate: grants sessions, and answers in inner streams that are now and then torn or made up.</summary>
internal sealed class FuzzedServer
{
    private const int CookiesKept = 64;

    private readonly List<string> _cookies = [];
    private Random _random = new(0);

    /// <summary>Cookies handed out of late: most of them name sessions that are alive.</summary>
    public IReadOnlyList<string> Cookies => _cookies;

    public void Begin(Random random)
    {
        _random = random;
        _cookies.Clear();
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers[MapiHttpHeaders.ResponseCode] = _random.Next(8) == 0 ? Text() : "0";
        response.Headers[MapiHttpHeaders.ExpirationInfo] = _random.Next(8) == 0 ? Text() : "900000";
        if (_random.Next(3) > 0)
        {
            response.Headers.SetCookie = SetCookie();
        }

        var mutator = new Mutator(_random);
        var stream = _random.Next(3) == 0 ? mutator.Mutate(WireVectors.Of("http-inner-stream")) : Whole();
        for (var sent = 0; sent < stream.Length;)
        {
            var piece = stream.AsMemory(sent, Math.Min(_random.Next(1, 400), stream.Length - sent));
            sent += piece.Length;
            if (_random.Next(2) == 0)
            {
                await response.Body.WriteAsync(piece);
            }
            else
            {
                response.BodyWriter.Write(piece.Span);
                await response.BodyWriter.FlushAsync();
            }
        }
    }

    private string SetCookie()
    {
        var value = _cookies.Count > 0 && _random.Next(8) == 0 ? _cookies[_random.Next(_cookies.Count)] : _random.NextInt64().ToString(CultureInfo.InvariantCulture);
        if (_cookies.Count == CookiesKept)
        {
            _cookies.RemoveAt(0);
        }

        _cookies.Add(value);
        return _random.Next(10) == 0 ? Text() : $"MapiContext={value}; path=/mapi/emsmdb; secure; HttpOnly";
    }

    private string Text() => new[] { "", "-1", "10", "4294967295", "4294967296", "x", "0, 10", "MapiContext", "MapiContext=", "=;=", "sid=,sid=;" }[_random.Next(11)];

    private static byte[] Whole()
    {
        var stream = new ArrayBufferWriter<byte>();
        stream.Write(MapiHttpFraming.Processing);
        MapiHttpFraming.WriteDone(stream, MapiHttpResponseCode.Success, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        stream.Write(new ConnectResponse { DisplayName = "Jane Dow" }.ToArray());
        return stream.WrittenSpan.ToArray();
    }
}
