using System.Globalization;
using System.Text;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>Makes hostile requests: method, path, headers, cookies and body, each mostly right and now and then wrong.</summary>
internal sealed class RequestMutator(Mutator mutator, IReadOnlyList<string> knownCookies)
{
    // As a host passes them on: Kestrel has refused control characters, and lets any UTF-8 through.
    private static readonly string[] Texts = ["", " ", "é", "\u202Eexe.kcolttuO", "a,b", "a;b", "\"a\"", "%0d%0a", "MapiContext=x", new('x', 4096)];
    private static readonly string[] Types = ["Connect", "connect", "CONNECT ", "Execute", "NotificationWait", "Disconnect", "PING", "Bind", ""];
    private static readonly string[] CookieNames = ["MapiContext", "mapicontext", "sid", "SID", "MapiSequence", "other", " MapiContext", "Mapi Context"];

    public int LastLength { get; private set; }

    public void Fill(HttpContext context)
    {
        var request = context.Request;
        request.Method = Rarely() ? mutator.Pick(["GET", "PUT", "post", "OPTIONS"]) : "POST";
        request.Scheme = "https";
        request.Host = new HostString("mail.example.com");
        request.Path = Rarely() ? mutator.Pick(["/mapi/emsmdb/x/y", "/MAPI/EMSMDB", "/mapi/nspi", "/mapi/emsmdbx", "/"]) : "/mapi/emsmdb/";
        Set(request.Headers, MapiHttpHeaders.RequestType, () => mutator.Pick(Types), "Connect");
        Set(request.Headers, MapiHttpHeaders.RequestId, AnyText, "{C715155F-2BE8-44E0-BD34-2960065754C8}:1");
        Set(request.Headers, MapiHttpHeaders.ClientInfo, AnyText, "{2F94A2BF-A2E6-4CCC-BF98-B5F22C542226}");
        Set(request.Headers, MapiHttpHeaders.ClientApplication, AnyVersion, "Outlook/16.0.15928.20006");
        if (mutator.Random.Next(3) > 0)
        {
            request.Headers.Cookie = Enumerable.Range(0, Rarely() ? 3 : 1).Select(_ => Cookies()).ToArray();
        }

        var body = Body();
        LastLength = body.Length + request.Headers.Sum(header => header.Key.Length + header.Value.Sum(value => value!.Length));
        request.Body = mutator.Random.Next(4) == 0 ? new PieceByPiece(body, mutator.Random.Next(1, 64)) : new MemoryStream(body);
        if (mutator.Random.Next(3) > 0)
        {
            // A length that lies is refused by the host before; one that is far too large is not.
            request.ContentLength = mutator.Random.Next(50) == 0 ? long.MaxValue : body.Length;
        }
    }

    private byte[] Body() => mutator.Random.Next(4) switch
    {
        0 => mutator.Mutate(WireVectors.Of("mapihttp-connect")),
        1 => mutator.Mutate(WireVectors.All),
        2 when Rarely() => [.. mutator.Mutate(WireVectors.All), .. new byte[mutator.Random.Next(40_000)]],
        _ => ReaderTargets.Connect(mutator.Mutate(WireVectors.Of("aux"))),
    };

    private string Cookies()
    {
        var cookies = Enumerable.Range(0, mutator.Random.Next(1, 4)).Select(_ => $"{mutator.Pick(CookieNames)}={CookieValue()}");
        var header = string.Join(mutator.Pick(["; ", ";", ",", ";;"]), cookies);
        return Rarely() ? header[mutator.Random.Next(header.Length)..] : header;
    }

    private string CookieValue() => mutator.Random.Next(3) switch
    {
        0 => AnyText(),
        _ when knownCookies.Count > 0 => mutator.Pick(knownCookies),
        _ => mutator.Random.Next().ToString(CultureInfo.InvariantCulture),
    };

    private void Set(IHeaderDictionary headers, string name, Func<string> wrong, string right)
    {
        if (mutator.Random.Next(20) > 0)
        {
            headers[name] = mutator.Random.Next(3) == 0 ? wrong() : right;
        }

        if (mutator.Random.Next(40) == 0)
        {
            headers.Append(name, wrong());
        }
    }

    private string AnyText() => mutator.Random.Next(3) == 0 ? Encoding.Latin1.GetString(mutator.Mutate(WireVectors.All)).Replace('\0', '0') : mutator.Pick(Texts);

    private string AnyVersion() => mutator.Pick(["Outlook/16", "Outlook/1.2.3.99999", "/1.2.3.4", "Outlook/1.2.3.4.5", "Outlook/-1.0.0.0", AnyText()]);

    private bool Rarely() => mutator.Random.Next(10) == 0;

    /// <summary>A body that comes in pieces of a few bytes.</summary>
    private sealed class PieceByPiece(byte[] body, int size) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
