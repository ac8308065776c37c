using System.Buffers;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Builder;

namespace MapiGate.Benchmarks;

/// <summary>An Execute on Kestrel without sockets, whose cost and noise hide what the gate takes: the same endpoint with it and bare.</summary>
[MemoryDiagnoser]
public class ExecuteBenchmarks
{
    private readonly MemoryConnection _gated = new();
    private readonly MemoryConnection _bare = new();
    private byte[] _toGated = [];
    private byte[] _toBare = [];
    private WebApplication[] _servers = [];

    // The last chunk of an answer.
    private static ReadOnlySpan<byte> End => "\r\n0\r\n\r\n"u8;

    [GlobalSetup]
    public async Task SetUp()
    {
        _servers = [await ExecuteServer.StartAsync(isGated: true, _gated), await ExecuteServer.StartAsync(isGated: false, _bare)];
        _toGated = await ConnectAsync(_gated);
        _toBare = await ConnectAsync(_bare);
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        _gated.Output.Complete();
        _bare.Output.Complete();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Benchmark(Baseline = true)]
    public Task Bare() => SendAsync(_bare, _toBare);

    [Benchmark]
    public Task Gated() => SendAsync(_gated, _toGated);

    // Returns an Execute of the session.
    private static async Task<byte[]> ConnectAsync(MemoryConnection server)
    {
        var answer = await SendForTextAsync(server, Request(MapiHttpRequestTypes.Connect, ExecuteLoad.ConnectBody()));
        var cookie = answer.Split("Set-Cookie: ")[1].Split(';')[0];
        var execute = Request(MapiHttpRequestTypes.Execute, new ExecuteRequest { RopBuffer = new byte[256] }.ToArray(), $"Cookie: {cookie}\r\n");
        answer = await SendForTextAsync(server, execute);
        return answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) ? execute : throw new InvalidOperationException(answer);
    }

    private static byte[] Request(string type, byte[] body, string cookie = "")
    {
        var head = string.Create(CultureInfo.InvariantCulture, $$"""
            POST {{ExecuteServer.Path}} HTTP/1.1
            Host: localhost
            Content-Type: {{MapiHttpContentType.Mapi}}
            Content-Length: {{body.Length}}
            {{MapiHttpHeaders.RequestType}}: {{type}}
            {{MapiHttpHeaders.RequestId}}: {e2ea6c1c-e61b-49e9-9cfb-38184f907552}:1
            {{MapiHttpHeaders.ClientInfo}}: {e2ea6c1c-e61b-49e9-9cfb-38184f907553}:1

            """).ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes($"{head}{cookie}\r\n"), .. body];
    }

    private static async Task SendAsync(MemoryConnection server, byte[] request)
    {
        var answer = await AnswerAsync(server, request);
        server.Input.AdvanceTo(answer.End);
    }

    private static async Task<string> SendForTextAsync(MemoryConnection server, byte[] request)
    {
        var answer = await AnswerAsync(server, request);
        var text = Encoding.Latin1.GetString(answer);
        server.Input.AdvanceTo(answer.End);
        return text;
    }

    private static async ValueTask<ReadOnlySequence<byte>> AnswerAsync(MemoryConnection server, byte[] request)
    {
        await server.Output.WriteAsync(request);
        while (true)
        {
            var answer = (await server.Input.ReadAsync()).Buffer;
            if (HasEnded(answer))
            {
                return answer;
            }

            server.Input.AdvanceTo(answer.Start, answer.End);
        }
    }

    private static bool HasEnded(in ReadOnlySequence<byte> answer)
    {
        if (answer.Length < End.Length)
        {
            return false;
        }

        Span<byte> last = stackalloc byte[End.Length];
        answer.Slice(answer.Length - End.Length).CopyTo(last);
        return last.SequenceEqual(End);
    }
}
