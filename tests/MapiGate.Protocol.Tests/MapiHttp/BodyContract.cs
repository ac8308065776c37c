using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

/// <summary>What holds for every body: it says why it cannot be read, and writes what it has read.</summary>
internal static class BodyContract
{
    public delegate bool TryRead<T>(ReadOnlySpan<byte> bytes, out T? value, out WireError error)
        where T : class;

    /// <summary>A body cut anywhere is an error; changed anywhere, it is read or is an error, and what is read can be written.</summary>
    public static void ShouldBearAnyBytes<T>(byte[] good, TryRead<T> tryRead, WireError expected, Func<T, byte[]> toArray)
        where T : class
    {
        foreach (byte[] cut in Mutations.Cuts(good))
        {
            tryRead(cut, out T? value, out WireError error).Should().BeFalse();
            value.Should().BeNull();
            error.Should().Be(expected);
        }

        foreach (byte[] bad in Mutations.Of(good))
        {
            bool read = tryRead(bad, out T? value, out WireError error);
            (read == (value is not null) && error == (read ? WireError.None : expected)).Should().BeTrue();
            if (read)
            {
                // Written again, it reads the same: what was dropped is at most what follows the body's end.
                byte[] written = toArray(value!);
                tryRead(written, out T? again, out _).Should().BeTrue();
                toArray(again!).AsSpan().SequenceEqual(written).Should().BeTrue();
            }
        }
    }
}
