using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NATS.Client.Core;

namespace MapiGate.Fleet;

/// <summary>
/// Asks every gate, and waits until all that are expected have answered, or the deadline. This gate answers itself, whether the
/// network is there or not. An order is carried out by those who hear that it is still waited for. Who answered is what the subject says, which the server vouches for, and nothing that an answer says.
/// </summary>
/// <param name="connection">An administrator's connection, who alone may ask; <see langword="null"/> where this gate has none.</param>
/// <param name="gateName">What this gate is called.</param>
/// <param name="gate">This gate.</param>
/// <param name="store">What reads documents here.</param>
internal sealed class FleetAsker(INatsConnection? connection, string gateName, Gatekeeper gate, IPolicyStore? store)
{
    /// <summary>How long a person waits for those who do not answer.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    // What all answers together may be, and what one of few.
    private const int MostBytesOfAll = 32 * 1024 * 1024;
    private const int MostBytes = 1024 * 1024;
    private const int LeastBytes = 16 * 1024;

    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);

    /// <summary>Whether a question is one of this gate's own, which it has answered itself.</summary>
    public bool IsOwn(string id) => _asked.ContainsKey(id);

    /// <inheritdoc cref="IGateFleet.AskAsync"/>
    /// <param name="question">The question.</param>
    /// <param name="asked">The gates that it is for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FleetAnswers<TAnswer>> AskAsync<TAnswer>(GateQuestion<TAnswer> question, AskedGates asked, CancellationToken cancellationToken)
        where TAnswer : class
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var answers = new ConcurrentDictionary<string, TAnswer>(StringComparer.Ordinal);
        var reasons = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var others = new HashSet<string>(asked.Awaited, StringComparer.Ordinal);
        var isAsked = asked.Only is null || asked.Only == gateName;
        others.Remove(gateName);
        _asked.TryAdd(id, true);
        try
        {
            var here = isAsked ? Task.Run(() => AnswerHereAsync(question, answers, reasons, cancellationToken), cancellationToken) : Task.CompletedTask;
            if (asked.Only != gateName)
            {
                await AskOthersAsync(question, id, asked, others, answers, reasons, cancellationToken).ConfigureAwait(false);
            }

            // A host whose own code holds its gate up delays what it is asked, and not who asks.
            await here.WaitAsync(Deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }

        if (isAsked)
        {
            others.Add(gateName);
        }

        var gaps = others.Union(reasons.Keys).Select(name => new FleetGap(name, reasons.GetValueOrDefault(name, string.Create(CultureInfo.InvariantCulture, $"It did not answer within {Deadline.TotalSeconds} s."))));
        return new FleetAnswers<TAnswer>(
            answers.ToDictionary(),
            [.. gaps.Concat(asked.Gaps).DistinctBy(gap => gap.Gate).Where(gap => !answers.ContainsKey(gap.Gate)).OrderBy(gap => gap.Gate, StringComparer.OrdinalIgnoreCase)]);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What fails here is told as what fails elsewhere.")]
    private async Task AnswerHereAsync<TAnswer>(GateQuestion<TAnswer> question, ConcurrentDictionary<string, TAnswer> answers, ConcurrentDictionary<string, string> reasons, CancellationToken cancellationToken)
        where TAnswer : class
    {
        try
        {
            answers[gateName] = await question.AnswerAsync(gate, store, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException e)
        {
            reasons[gateName] = e.Message;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            reasons[gateName] = $"It failed: {e.GetType().Name}.";
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Without a network this gate answers alone, and says who is missing.")]
    private async Task AskOthersAsync<TAnswer>(
        GateQuestion<TAnswer> question,
        string id,
        AskedGates asked,
        HashSet<string> others,
        ConcurrentDictionary<string, TAnswer> answers,
        ConcurrentDictionary<string, string> reasons,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        if (connection is not { ConnectionState: NatsConnectionState.Open })
        {
            var reason = connection is null ? "This gate was given no administrator's credentials, and may not ask the others." : "The fleet cannot be reached.";
            others.ToList().ForEach(name => reasons[name] = reason);
            return;
        }

        var most = Math.Clamp(MostBytesOfAll / Math.Max(1, others.Count), LeastBytes, MostBytes);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var answered = await connection.SubscribeCoreAsync<byte[]>(QuestionSubjects.AnswersTo(id), cancellationToken: deadline.Token).ConfigureAwait(false);
            await using var ended = answered.ConfigureAwait(false);
            await connection.PublishAsync(question.IsOrder ? QuestionSubjects.Do : QuestionSubjects.Ask, question.ToBytes(), QuestionHead.Ask(id, asked.Only, most), cancellationToken: deadline.Token).ConfigureAwait(false);
            var awaited = new HashSet<string>(others, StringComparer.Ordinal);
            while ((awaited.Count > 0 || asked.Error is not null) && await answered.Msgs.WaitToReadAsync(deadline.Token).ConfigureAwait(false))
            {
                while (answered.Msgs.TryRead(out var message))
                {
                    if (QuestionSubjects.GateOf(message.Subject) is not { } name || name == gateName || (asked.Only is not null && name != asked.Only) || answers.ContainsKey(name))
                    {
                        continue;
                    }

                    if (QuestionHead.IsHeard(message.Headers))
                    {
                        if (question.IsOrder && QuestionSubjects.IsInbox(message.ReplyTo))
                        {
                            await message.ReplyAsync(Array.Empty<byte>(), cancellationToken: deadline.Token).ConfigureAwait(false);
                            reasons[name] = string.Create(CultureInfo.InvariantCulture, $"It was told to, and did not say within {Deadline.TotalSeconds} s what came of it.");
                        }

                        continue;
                    }

                    if (QuestionHead.ReadFailure(message.Headers) is { } reason)
                    {
                        reasons[name] = reason;
                    }
                    else if (message.Data?.Length > most)
                    {
                        reasons[name] = "Its answer is too long.";
                    }
                    else if (question.TryReadAnswer(message.Data ?? [], out var answer))
                    {
                        answers[name] = answer;
                    }
                    else
                    {
                        reasons[name] = "Its answer cannot be read; is it of another version?";
                    }

                    awaited.Remove(name);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The deadline.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            others.Where(name => !answers.ContainsKey(name)).ToList().ForEach(name => reasons.TryAdd(name, $"It could not be asked: {e.Message}"));
        }
    }
}
