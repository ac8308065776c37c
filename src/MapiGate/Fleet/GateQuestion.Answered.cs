using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MapiGate;

/// <summary>A question, by what it is answered with. What clients sent is cut and cleaned in every answer.</summary>
/// <typeparam name="TAnswer">What it is answered with.</typeparam>
public abstract record GateQuestion<TAnswer> : GateQuestion
    where TAnswer : class
{
    private protected GateQuestion()
    {
    }

    private protected abstract JsonTypeInfo<TAnswer> Format { get; }

    /// <summary>What a gate answers.</summary>
    /// <param name="gate">The gate that is asked.</param>
    /// <param name="store">Its store, which reads documents; <see langword="null"/> when it has none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It cannot be answered; the message says why.</exception>
    public abstract Task<TAnswer> AnswerAsync(Gatekeeper gate, IPolicyStore? store, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public sealed override async Task<byte[]> AnswerAsync(Gatekeeper gate, IPolicyStore? store, int mostBytes, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(gate, store, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, Format);
            if (bytes.Length <= mostBytes)
            {
                return bytes;
            }

            answer = Shorten(answer) ?? throw new InvalidOperationException("The answer is too long to be sent.");
        }
    }

    /// <summary>Reads what a gate answered.</summary>
    /// <param name="bytes">What came; it may be anything.</param>
    /// <param name="answer">The answer; <see langword="null"/> when it is none.</param>
    public bool TryReadAnswer(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out TAnswer? answer)
    {
        try
        {
            answer = AnswerValues.AreUsable(bytes) ? JsonSerializer.Deserialize(bytes, Format) : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            answer = null;
        }

        if (answer is not null && !IsAnAnswer(answer))
        {
            answer = null;
        }

        return answer is not null;
    }

    /// <summary>Whether it answers what was asked: whoever asks goes on by what it says.</summary>
    private protected virtual bool IsAnAnswer(TAnswer answer) => true;

    /// <summary>The answer with fewer rows; <see langword="null"/> when it has none to leave out.</summary>
    private protected virtual TAnswer? Shorten(TAnswer answer) => null;
}
