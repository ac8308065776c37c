using System.Diagnostics.CodeAnalysis;
using NATS.Client.Core;

namespace MapiGate.Fleet;

/// <summary>
/// Answers what this gate is asked, each on the thread pool, a few at once: whoever asks too much is told so, and no logon waits.
/// What cannot be read is nobody's question, and gets no answer.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore whose handle nobody asks for holds nothing, and an answer may still be on its way when the host ends.")]
internal sealed class GateAnswerer(INatsConnection connection, string gateName, Gatekeeper gate, IPolicyStore? store, Func<string, bool> isOwn)
{
    private const int MostAtOnce = 4;
    private const int MostWaiting = 64;

    // What the server lets through at once, unless it says otherwise; a head wants room, too.
    private const int MostBytes = 1024 * 1024;
    private const int Head = 1024;

    // Nobody waits for an answer that long, and nobody wants a kick then.
    private static readonly TimeSpan Patience = FleetAsker.Deadline;

    private readonly SemaphoreSlim _slots = new(MostAtOnce);
    private readonly string _key = GateKey.Of(gateName);
    private CancellationToken _ending;
    private int _waiting;

    /// <summary>Listens, over every loss of the connection, until it is told to end.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        _ending = stopping;
        return Task.WhenAll(ListenAsync(QuestionSubjects.Ask), ListenAsync(QuestionSubjects.Do));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A subscription that broke is made anew, whatever broke it.")]
    private async Task ListenAsync(string subject)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await foreach (var message in connection.SubscribeAsync<byte[]>(subject, cancellationToken: _ending).ConfigureAwait(false))
                {
                    if (QuestionHead.Read(message.Headers) is { } head && (head.To is null || head.To == _key) && !isOwn(head.Id))
                    {
                        Take(message, head.Id, head.Most);
                    }
                }
            }
            catch (Exception) when (!_ending.IsCancellationRequested)
            {
                // The connection says what is wrong with it.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, _ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Take(NatsMsg<byte[]> message, string id, int most)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            _ = SendAsync(id, [], QuestionHead.Fail("It is asked too much at once; ask again."));
            return;
        }

        _ = Task.Run(() => AnswerAsync(message, id, most));
    }

    private async Task AnswerAsync(NatsMsg<byte[]> message, string id, int most)
    {
        try
        {
            if (!await _slots.WaitAsync(Patience, _ending).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            var (answer, head) = await FindAnswerAsync(message, id, most).ConfigureAwait(false);
            if (answer is not null)
            {
                await SendAsync(id, answer, head).ConfigureAwait(false);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whoever asks is told; a question ends nothing else.")]
    private async Task<(byte[]? Answer, NatsHeaders? Head)> FindAnswerAsync(NatsMsg<byte[]> message, string id, int asked)
    {
        if (!GateQuestion.TryRead(message.Data ?? [], out var question))
        {
            return ([], QuestionHead.Fail("This gate does not know that question; is it of another version?"));
        }

        // Who may publish where is the server's to say: an order among the questions is an order of somebody who may give none.
        if (question.IsOrder != (message.Subject == QuestionSubjects.Do))
        {
            return ([], QuestionHead.Fail("An order is given elsewhere than a question is asked."));
        }

        if (question.IsOrder && !await IsWaitedForAsync(id).ConfigureAwait(false))
        {
            return (null, null);
        }

        try
        {
            var most = (connection.ServerInfo?.MaxPayload is > 0 and var allowed ? Math.Min(allowed, MostBytes) : MostBytes) - Head;
            return (await question.AnswerAsync(gate, store, Math.Min(most, asked), _ending).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException)
        {
            return (null, null);
        }
        catch (InvalidOperationException e)
        {
            return ([], QuestionHead.Fail(e.Message));
        }
        catch (Exception e)
        {
            return ([], QuestionHead.Fail($"It failed: {e.GetType().Name}."));
        }
    }

    // An order may have waited where nobody sees it, in the socket of a gate that was frozen, for as long as that was. No clock
    // tells its age to both ends: whoever gave it has to be there still, and say so in time.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever it is, nobody said that the order stands.")]
    private async Task<bool> IsWaitedForAsync(string id)
    {
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(_ending);
            giveUp.CancelAfter(Patience);
            await connection.RequestAsync<byte[], byte[]>(QuestionSubjects.AnswerOf(gateName, id), [], QuestionHead.Hear(), cancellationToken: giveUp.Token).ConfigureAwait(false);
            return TimeProvider.System.GetElapsedTime(start) < Patience;
        }
        catch (Exception)
        {
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whoever asked finds that no answer came; there is nobody else to tell.")]
    private async Task SendAsync(string id, byte[] answer, NatsHeaders? head)
    {
        try
        {
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(_ending);
            giveUp.CancelAfter(Patience);
            await connection.PublishAsync(QuestionSubjects.AnswerOf(gateName, id), answer, head, cancellationToken: giveUp.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Too late, or the connection is away.
        }
    }
}
