using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>Reads the body of a Connect, and never more of it than the limit.</summary>
internal static class ConnectBody
{
    /// <summary>The body, however it was chunked; <see langword="null"/> when it is longer than <paramref name="limit"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // A length that was promised is room enough; without one, a byte more than the limit tells that there is more.
        var buffer = new byte[request.ContentLength is { } length ? (int)length : limit + 1];
        try
        {
            var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return read > limit ? null : buffer[..read];
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // The host's own limit, found before ours: it counts what has come in, not what has been read.
            return null;
        }
    }
}
