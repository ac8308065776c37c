using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MapiGate;

/// <summary>
/// What a gate can be asked, or ordered, from elsewhere: as bytes on the way there, and answered in bytes. Whoever carries
/// them needs to know no more of it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(PreviewQuestion), "preview")]
[JsonDerivedType(typeof(SessionsQuestion), "sessions")]
[JsonDerivedType(typeof(ProgramsQuestion), "programs")]
[JsonDerivedType(typeof(RefusedQuestion), "refused")]
[JsonDerivedType(typeof(JournalQuestion), "journal")]
[JsonDerivedType(typeof(ExplainQuestion), "explain")]
[JsonDerivedType(typeof(DisconnectOrder), "disconnect")]
[JsonDerivedType(typeof(HoldOrder), "hold")]
public abstract record GateQuestion
{
    private protected GateQuestion()
    {
    }

    /// <summary>Whether it changes something, so that not everybody may send it.</summary>
    [JsonIgnore]
    public virtual bool IsOrder => false;

    /// <summary>Reads a question.</summary>
    /// <param name="bytes">What came; it may be anything.</param>
    /// <param name="question">The question; <see langword="null"/> when that is none that this gate knows.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out GateQuestion? question)
    {
        try
        {
            question = JsonSerializer.Deserialize(bytes, GateQuestionJson.Default.GateQuestion);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            // No question, or one of a later version.
            question = null;
        }

        return question is not null;
    }

    /// <summary>The question as bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, GateQuestionJson.Default.GateQuestion);

    /// <summary>What a gate answers, as bytes. Where they would be too many, rows are left out, and the answer says so.</summary>
    /// <param name="gate">The gate that is asked.</param>
    /// <param name="store">Its store, which reads documents; <see langword="null"/> when it has none.</param>
    /// <param name="mostBytes">How many bytes it may be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It cannot be answered; the message says why.</exception>
    public abstract Task<byte[]> AnswerAsync(Gatekeeper gate, IPolicyStore? store, int mostBytes, CancellationToken cancellationToken);
}
