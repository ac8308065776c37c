using System.Buffers;
using System.Text;
using MapiGate.AspNetCore.Tests.Fakes;
using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore.Tests.Relay;

public class BodyWriterTests
{
    [Fact]
    public async Task WhatIsWritten_PieceByPieceAndFarBeyondOneBuffer_ArrivesInOrder()
    {
        var expected = new byte[100_000];
        new Random(1).NextBytes(expected);

        var answer = await ExecuteAsync(async context =>
        {
            var writer = context.Response.BodyWriter;
            writer.Write(expected.AsSpan(0, 10));
            expected.AsSpan(10, 5000).CopyTo(writer.GetSpan(5000));
            writer.Advance(5000);
            expected.AsSpan(5010, 3).CopyTo(writer.GetMemory().Span);
            writer.Advance(3);
            writer.UnflushedBytes.Should().Be(5013);
            await writer.FlushAsync();
            writer.UnflushedBytes.Should().Be(0);
            writer.Write(expected.AsSpan(5013, 60_000));
            await writer.WriteAsync(expected.AsMemory(65_013));
        });

        answer.Body.Should().Equal(expected);
    }

    [Fact]
    public async Task FlushAsync_WithNothingWritten_StartsTheAnswer()
    {
        await using var host = await GateHost.StartAsync();
        var release = new TaskCompletionSource();
        host.Server.Execute = async context =>
        {
            Answers.WriteHead(context);
            await context.Response.BodyWriter.FlushAsync();
            await release.Task;
        };
        var client = host.NewClient();
        await client.ConnectAsync();

        using var response = await client.StartAsync(client.ExecuteRequest());

        release.SetResult();
        (await MapiTestAnswer.ReadAsync(response)).Code.Should().Be(0);
    }

    [Fact]
    public async Task Complete_TakesNoMoreAndSendsTheRest()
    {
        InvalidOperationException? refused = null;

        var answer = await ExecuteAsync(async context =>
        {
            var writer = context.Response.BodyWriter;
            await writer.WriteAsync("a "u8.ToArray());
            writer.Write("body"u8);
            writer.Complete();
            refused = Assert.Throws<InvalidOperationException>(() => writer.Write("!"u8));
        });

        answer.Text.Should().Be("a body");
        refused.Should().NotBeNull();
    }

    [Fact]
    public async Task Advance_BeyondWhatWasHandedOut_Throws()
    {
        var answer = await ExecuteAsync(async context =>
        {
            var writer = context.Response.BodyWriter;
            var room = writer.GetMemory(1).Length;
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(room + 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(-1));
            await writer.WriteAsync("a body"u8.ToArray());
        });

        answer.Text.Should().Be("a body");
    }

    [Fact]
    public async Task Cut_WhileTheServerHoldsMemoryOfTheWriter_LeavesTheLastWordsWhole()
    {
        await using var host = await GateHost.StartAsync();
        var cut = new TaskCompletionSource();
        var failed = new TaskCompletionSource<Exception?>();
        host.Server.Wait = async context =>
        {
            Answers.WriteHead(context);
            var writer = context.Response.BodyWriter;
            await writer.WriteAsync("PROCESSING\r\n"u8.ToArray());
            var held = writer.GetMemory(7);
            await cut.Task;
            "PENDING"u8.CopyTo(held.Span);
            writer.Advance(7);
            failed.SetResult(await Record.ExceptionAsync(async () => await writer.FlushAsync()));
        };
        var client = host.NewClient("program1.exe");
        await client.ConnectAsync();
        using var response = await client.StartAsync(client.WaitRequest());

        await host.Block("program1.exe").Completion.WithinBounds();
        cut.SetResult();

        (await MapiTestAnswer.ReadAsync(response)).Text.Should().StartWith("PROCESSING\r\nDONE\r\nX-ResponseCode: 10\r\n");
        (await failed.Task.WithinBounds()).Should().BeAssignableTo<OperationCanceledException>();
    }

    [Fact]
    public async Task CancelPendingFlush_TheNextFlushSaysSo()
    {
        var canceled = false;

        var answer = await ExecuteAsync(async context =>
        {
            var writer = context.Response.BodyWriter;
            writer.CancelPendingFlush();
            canceled = (await writer.WriteAsync(Encoding.ASCII.GetBytes("a body"))).IsCanceled;
        });

        canceled.Should().BeTrue();
        answer.Text.Should().Be("a body");
    }

    private static async Task<MapiTestAnswer> ExecuteAsync(RequestDelegate write)
    {
        await using var host = await GateHost.StartAsync();
        var failed = new TaskCompletionSource<Exception?>();
        host.Server.Execute = async context =>
        {
            Answers.WriteHead(context);
            failed.SetResult(await Record.ExceptionAsync(() => write(context)));
        };
        var client = host.NewClient();
        await client.ConnectAsync();
        var answer = await client.ExecuteAsync();
        (await failed.Task.WithinBounds()).Should().BeNull();
        return answer;
    }
}
