using MapiGate.Protocol;
using MapiGate.TestSupport;

namespace MapiGate.Attack.Tests.Traffic;

public class LongPollTests
{
    [Fact]
    public async Task HundredsOfLongPollsOfOneSession_LeaveOnePending_AndEndWhenItIsCut()
    {
        await using var server = new StoreServer();
        var client = server.NewClient();
        await client.ConnectAsync();
        var body = new NotificationWaitRequest().ToArray();

        var polls = Enumerable.Range(0, 300).Select(_ => client.SendAsync(MapiHttpRequestTypes.NotificationWait, body)).ToList();
        SpinWait.SpinUntil(() => polls.Count(poll => poll.IsCompleted) == polls.Count - 1, TimeSpan.FromSeconds(30)).Should().BeTrue("each poll ends the one before it");
        server.Block("OUTLOOK.EXE");

        var answers = await Task.WhenAll(polls).WithinBounds();
        answers.Count(answer => answer.Code == 10).Should().Be(1);
        answers.Count(answer => answer.Code == 0).Should().Be(polls.Count - 1);
    }
}
