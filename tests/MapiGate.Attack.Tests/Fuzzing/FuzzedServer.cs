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
    private Mutator _mutator = new(new Random(0));

    /// <summary>Cookies handed out of late: most of them name sessions that are alive.</summary>
    public IReadOnlyList<string> Cookies => _cookies;

    private Random Random => _mutator.Random;

    public void Begin(Mutator mutator)
    {
        _mutator = mutator;
        _cookies.Clear();
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers[MapiHttpHeaders.ResponseCode] = Random.Next(8) == 0 ? Text() : "0";
        response.Headers[MapiHttpHeaders.ExpirationInfo] = Random.Next(8) == 0 ? Text() : "900000";
        if (Random.Next(3) > 0)
        {
            response.Headers.SetCookie = SetCookie();
        }

        var stream = Random.Next(3) == 0 ? _mutator.Mutate(WireVectors.Of("http-inner-stream")) : Whole();
        for (var sent = 0; sent < stream.Length;)
        {
            var piece = stream.AsMemory(sent, Math.Min(Random.Next(1, 400), stream.Length - sent));
            sent += piece.Length;
            if (Random.Next(2) == 0)
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
        var value = _cookies.Count > 0 && Random.Next(8) == 0 ? _cookies[Random.Next(_cookies.Count)] : Random.NextInt64().ToString(CultureInfo.InvariantCulture);
        if (_cookies.Count == CookiesKept)
        {
            _cookies.RemoveAt(0);
        }

        _cookies.Add(value);
        return Random.Next(10) == 0 ? Text() : $"MapiContext={value}; path=/mapi/emsmdb; secure; HttpOnly";
    }

    private string Text() => new[] { "", "-1", "10", "4294967295", "4294967296", "x", "0, 10", "MapiContext", "MapiContext=", "=;=", "sid=,sid=;" }[Random.Next(11)];

    private static byte[] Whole()
    {
        var stream = new ArrayBufferWriter<byte>();
        stream.Write(MapiHttpFraming.Processing);
        MapiHttpFraming.WriteDone(stream, MapiHttpResponseCode.Success, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
        stream.Write(new ConnectResponse { DisplayName = "Jane Dow" }.ToArray());
        return stream.WrittenSpan.ToArray();
    }
}
