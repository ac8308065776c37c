using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>What a whole MAPI/HTTP response holds: its meta-tags, the headers behind DONE, and the body.</summary>
/// <remarks>MS-OXCMAPIHTTP 2.2.7; see <see cref="MapiHttpFraming"/> for the layout.</remarks>
public sealed record MapiHttpInnerResponse
{
    /// <summary>PROCESSING, PENDING and DONE, in the order they came.</summary>
    public IReadOnlyList<string> MetaTags { get; init; } = [];

    /// <summary>The last X-ResponseCode behind DONE, which outdoes the one among the HTTP headers; null if there is none.</summary>
    public MapiHttpResponseCode? ResponseCode { get; init; }

    /// <summary>X-ElapsedTime; null if absent or not a number of milliseconds.</summary>
    public TimeSpan? ElapsedTime { get; init; }

    /// <summary>X-StartTime; null if absent or not an HTTP date.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>What follows the empty line.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Reads a response that is all there, HTTP chunking already undone.</summary>
    /// <param name="innerStream">The response. <see cref="Body"/> is a part of it, not a copy. Empty is legal: a PING has no answer.</param>
    /// <param name="value">What it holds.</param>
    /// <param name="error">Why not. A response that ends before its body may begin is <see cref="WireError.InvalidResponseStream"/> too.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> innerStream, [NotNullWhen(true)] out MapiHttpInnerResponse? value, out WireError error)
    {
        value = null;
        error = WireError.InvalidResponseStream;
        var reader = new MapiHttpResponseReader(maxBodySize: 0);
        ReadOnlySpan<byte> rest = innerStream.Span;
        MapiHttpResponseEvent found;
        do
        {
            found = reader.Read(ref rest);
        }
        while (found is MapiHttpResponseEvent.Processing or MapiHttpResponseEvent.Pending);

        if (found != MapiHttpResponseEvent.Done && !innerStream.IsEmpty)
        {
            return false;
        }

        error = WireError.None;
        value = reader.Head with { Body = innerStream[^rest.Length..] };
        return true;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out MapiHttpInnerResponse?, out WireError)"/>
    public static bool TryRead(ReadOnlyMemory<byte> innerStream, [NotNullWhen(true)] out MapiHttpInnerResponse? value) =>
        TryRead(innerStream, out value, out _);
}
