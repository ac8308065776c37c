using System.Buffers;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MapiGate.AspNetCore.Tests.Relay;

/// <summary>Whatever an endpoint does with its response, its client sees the same as when there is no gate.</summary>
public class AsWithoutTheGateTests
{
    // Over HTTP/2 Kestrel sends such bytes as the body of its own answer to the exception.
    private const string SentByKestrelAlone = "throws after writing, not flushed";

    private static readonly Dictionary<string, RequestDelegate> Endpoints = new()
    {
        ["nothing"] = _ => Task.CompletedTask,
        ["status only"] = context =>
        {
            context.Response.StatusCode = 418;
            return Task.CompletedTask;
        },
        ["start, then nothing"] = context => context.Response.StartAsync(),
        ["body and length"] = context =>
        {
            context.Response.ContentLength = 6;
            return context.Response.WriteAsync("a body");
        },
        ["never flushed"] = context =>
        {
            context.Response.BodyWriter.Write("a body"u8);
            return Task.CompletedTask;
        },
        ["flushed in pieces"] = async context =>
        {
            for (var i = 0; i < 5; i++)
            {
                await context.Response.WriteAsync($"{i}");
                await context.Response.Body.FlushAsync();
            }
        },
        ["half a megabyte"] = async context =>
        {
            var piece = Enumerable.Range(0, 1 << 19).Select(i => (byte)i).ToArray();
            await context.Response.Body.WriteAsync(piece);
        },
        ["callbacks before the start"] = async context =>
        {
            context.Response.OnStarting(() => AddAsync(context, "first"));
            context.Response.OnStarting(async () =>
            {
                await Task.Yield();
                await AddAsync(context, "second");
            });
            await context.Response.WriteAsync("a body");
        },
        ["callbacks and no body"] = context =>
        {
            context.Response.OnStarting(() => AddAsync(context, "only"));
            return Task.CompletedTask;
        },
        ["callback that throws"] = context =>
        {
            context.Response.OnStarting(() => throw new InvalidOperationException());
            return context.Response.WriteAsync("a body");
        },
        ["complete, then more work"] = async context =>
        {
            context.Response.BodyWriter.Write("a body"u8);
            await context.Response.CompleteAsync();
            await Task.Yield();
        },
        ["unbuffered"] = async context =>
        {
            context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            await context.Response.WriteAsync("a body");
        },
        ["throws"] = _ => throw new InvalidOperationException(),
        ["throws after a header"] = context =>
        {
            context.Response.Headers["X-Set"] = "1";
            throw new InvalidOperationException();
        },
        [SentByKestrelAlone] = context =>
        {
            context.Response.BodyWriter.Write("a body"u8);
            throw new InvalidOperationException();
        },
        ["throws after the start"] = async context =>
        {
            await context.Response.WriteAsync("a body");
            throw new InvalidOperationException();
        },
        ["completes the writer with a failure"] = async context =>
        {
            await context.Response.WriteAsync("a ");
            context.Response.BodyWriter.Complete(new InvalidDataException());
        },
        ["more than promised"] = async context =>
        {
            context.Response.ContentLength = 3;
            await context.Response.WriteAsync("a body");
        },
        ["less than promised"] = async context =>
        {
            context.Response.ContentLength = 10;
            await context.Response.WriteAsync("a body");
        },
        ["head changed after the start"] = async context =>
        {
            await context.Response.WriteAsync("a");
            var refusals = new List<Type?>
            {
                Record.Exception(() => context.Response.Headers["X-Late"] = "1")?.GetType(),
                Record.Exception(() => context.Response.StatusCode = 500)?.GetType(),
                Record.Exception(() => context.Response.OnStarting(() => Task.CompletedTask))?.GetType(),
            };
            await context.Response.WriteAsync($"{context.Response.HasStarted} {string.Join(' ', refusals.Select(type => type?.Name))}");
        },
        ["sees what the host has set"] = context =>
        {
            var seen = context.Response.Headers["X-Host"].ToString();
            context.Response.Headers.Remove("X-Host");
            context.Response.Headers["X-Seen"] = seen;
            return context.Response.WriteAsync("a body");
        },
        ["a header that can't be sent"] = async context =>
        {
            context.Response.Headers["X-Bad"] = "\u202E";
            await context.Response.WriteAsync("a body");
        },
        ["aborts"] = async context =>
        {
            await context.Response.WriteAsync("a body");
            context.Abort();
        },
        ["a file"] = context => context.Response.SendFileAsync(typeof(AsWithoutTheGateTests).Assembly.Location, offset: 7, count: 100_000),
        ["synchronous writes"] = context =>
        {
            context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
            context.Response.Body.Flush();
            context.Response.Body.Write("a "u8);
            context.Response.Body.WriteByte((byte)'b');
            context.Response.Body.Write("ody"u8.ToArray(), 0, 3);
            return Task.CompletedTask;
        },
        ["callbacks when all is over"] = context =>
        {
            foreach (var word in (string[])["last", "first"])
            {
                context.Response.OnCompleted(() =>
                {
                    context.Items["completed"] += $" {word}";
                    return Task.CompletedTask;
                });
            }

            return context.Response.WriteAsync("a body");
        },
        ["reason of its own"] = context =>
        {
            var response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
            response.StatusCode = 418;
            response.ReasonPhrase = "Short and stout";
            return context.Response.WriteAsync($"{response.ReasonPhrase}");
        },
        ["asks what the body can do"] = async context =>
        {
            var body = context.Response.Body;
            var refusals = new List<Type?>
            {
                Record.Exception(() => body.Length)?.GetType(),
                Record.Exception(() => body.Position)?.GetType(),
                Record.Exception(() => body.Position = 1)?.GetType(),
                Record.Exception(() => body.Read(new byte[1], 0, 1))?.GetType(),
                Record.Exception(() => body.Seek(0, SeekOrigin.Begin))?.GetType(),
                Record.Exception(() => body.SetLength(1))?.GetType(),
            };
            await context.Response.WriteAsync($"{body.CanRead} {body.CanSeek} {body.CanWrite} {context.Response.BodyWriter.CanGetUnflushedBytes} {string.Join(' ', refusals.Select(type => type?.Name))}");
        },
        ["trailers"] = async context =>
        {
            await context.Response.WriteAsync("a body");
            if (context.Response.SupportsTrailers())
            {
                context.Response.AppendTrailer("X-Trailer", "1");
            }
        },
    };

    public static TheoryData<string, HttpProtocols> Cases
    {
        get
        {
            var cases = new TheoryData<string, HttpProtocols>();
            foreach (var name in Endpoints.Keys)
            {
                cases.Add(name, HttpProtocols.Http1);
                if (name != SentByKestrelAlone)
                {
                    cases.Add(name, HttpProtocols.Http2);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AnEndpoint_ThroughTheGate_AnswersAsItDoesWithout(string endpoint, HttpProtocols protocol)
    {
        var through = await ObserveAsync(endpoint, protocol, isGated: true);

        through.Should().Be(await ObserveAsync(endpoint, protocol, isGated: false));
    }

    private static Task AddAsync(HttpContext context, string value)
    {
        context.Response.Headers.Append("X-Added", value);
        return Task.CompletedTask;
    }

    /// <summary>Everything that the client and the host in front see of an Execute.</summary>
    private static async Task<string> ObserveAsync(string endpoint, HttpProtocols protocol, bool isGated)
    {
        var completed = new TaskCompletionSource<string>();
        await using var host = await GateHost.StartAsync(
            protocols: protocol,
            configure: options => options.Path = isGated ? "/mapi/emsmdb" : "/nothing/here",
            beforeGate: app => app.Use((context, next) => context.Request.Headers["X-RequestType"] == "Execute" ? InFrontAsync(context, next, completed) : next(context)));
        host.Server.Execute = Endpoints[endpoint];
        var client = host.NewClient(httpVersion: protocol == HttpProtocols.Http2 ? new Version(2, 0) : null);
        await client.ConnectAsync();

        var seen = await SeeAsync(client);

        return $"{seen}; in front: {await completed.Task.WithinBounds()}";
    }

    private static async Task InFrontAsync(HttpContext context, RequestDelegate next, TaskCompletionSource<string> completed)
    {
        var seen = "";
        context.Response.Headers["X-Host"] = "host";
        context.Response.OnStarting(() =>
        {
            var response = context.Features.GetRequiredFeature<IHttpResponseFeature>();
            response.ReasonPhrase += "!";
            response.StatusCode += 1;
            return AddAsync(context, $"in front of {response.StatusCode} {response.ReasonPhrase}");
        });
        context.Response.OnCompleted(() =>
        {
            completed.TrySetResult($"{seen}{context.Items["completed"]}");
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
            seen = $"{context.Response.StatusCode}, started {context.Response.HasStarted}";
        }
        catch (Exception)
        {
            seen = $"an exception, started {context.Response.HasStarted}";
            throw;
        }
    }

    private static async Task<string> SeeAsync(MapiTestClient client)
    {
        try
        {
            using var response = await client.StartAsync(client.ExecuteRequest());
            var head = string.Join(", ", response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date")
                .OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}={string.Join('|', header.Value)}"));
            var body = Convert.ToHexString(await response.Content.ReadAsByteArrayAsync().WithinBounds());
            var trailers = string.Join(", ", response.TrailingHeaders.Select(trailer => $"{trailer.Key}={string.Join('|', trailer.Value)}"));
            return $"{(int)response.StatusCode} {response.ReasonPhrase} [{head}] {body} [{trailers}]";
        }
        catch (HttpRequestException)
        {
            // Before the head or in the body: that depends on which of the two connections was the faster.
            return "lost";
        }
    }
}
