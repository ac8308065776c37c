using System.Net.Sockets;
using System.Text;
using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Cuts;

/// <summary>A client on one connection that it keeps, whatever is cut.</summary>
internal sealed class StormClient : IDisposable
{
    private readonly TcpClient _socket = new() { NoDelay = true };
    private readonly int _number;
    private readonly string _host;
    private RawAnswerReader? _reader;
    private string _cookie = "";
    private int _requests;

    public StormClient(int number, string host) => (_number, _host) = (number, host);

    public async Task OpenAsync(Uri address)
    {
        await _socket.ConnectAsync(address.Host, address.Port).WithinBounds();
        _reader = new RawAnswerReader(_socket.GetStream());
    }

    public async Task ConnectAsync()
    {
        var body = new ConnectRequest { UserDn = $"/cn={_number}", AuxiliaryBuffer = AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = ["storm.exe"] }) }.ToArray();
        await SendAsync(MapiHttpRequestTypes.Connect, "", 0, body);
        var answer = await _reader!.ReadAsync().WithinBounds();
        _cookie = answer.Headers["Set-Cookie"];
    }

    /// <summary>Sends a request that is to be cut, and reads what comes of it.</summary>
    /// <param name="way">How the server is to answer it.</param>
    /// <returns>Its X-RequestId and its answer.</returns>
    public async Task<(string Id, RawAnswer Answer)> ExecuteAsync(int way)
    {
        var id = await SendAsync(way % 2 == 0 ? MapiHttpRequestTypes.Execute : MapiHttpRequestTypes.NotificationWait, $"Cookie: {_cookie}\r\n", way, [0]);
        return (id, await _reader!.ReadAsync().WithinBounds());
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> SendAsync(string type, string headers, int way, byte[] body)
    {
        var id = $"{{{_number}-{++_requests}}}:{way}";
        var head = $"POST /mapi/emsmdb HTTP/1.1\r\nHost: {_host}\r\nX-RequestType: {type}\r\nX-RequestId: {id}\r\n{headers}Content-Length: {body.Length}\r\n\r\n";
        await _socket.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]).AsTask().WithinBounds();
        return id;
    }
}
