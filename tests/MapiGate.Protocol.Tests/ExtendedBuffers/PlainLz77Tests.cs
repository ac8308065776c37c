using System.Security.Cryptography;
using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.ExtendedBuffers;

public class PlainLz77Tests
{
    public static TheoryData<string> Readable => WireVectors.Readable("lz77");

    public static TheoryData<string> Unreadable => WireVectors.Unreadable("lz77");

    [Theory]
    [MemberData(nameof(Readable))]
    public void TryDecompress_Vector_YieldsTheData(string name)
    {
        WireVector vector = WireVectors.All[name];
        byte[] data = new byte[vector.SizeActual];

        PlainLz77.TryDecompress(vector.Bytes, data).Should().BeTrue();

        if (vector.Expects("dataHex"))
        {
            Convert.ToHexStringLower(data).Should().Be(vector.Text("dataHex"));
        }
        else
        {
            data.Length.Should().Be((int)vector.Number("dataSize"));
            Convert.ToHexStringLower(SHA256.HashData(data)).Should().Be(vector.Text("dataSha256"));
        }
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void TryDecompress_MalformedVector_Fails(string name)
    {
        WireVector vector = WireVectors.All[name];
        vector.Error.Should().Be(WireError.DecompressFailed);

        PlainLz77.TryDecompress(vector.Bytes, new byte[vector.SizeActual]).Should().BeFalse();
    }

    [Fact]
    public void TryDecompress_LengthIn32Bits_IsRead()
    {
        byte[] data = new byte[300];
        byte[] compressed = [0xFF, 0xFF, 0xFF, 0x7F, 0x61, 0x07, 0x00, 0x0F, 0xFF, 0, 0, 0x28, 0x01, 0, 0];

        PlainLz77.TryDecompress(compressed, data).Should().BeTrue();

        data.Should().OnlyContain(b => b == 0x61);
        Mutations.Cuts(compressed).Should().AllSatisfy(cut => PlainLz77.TryDecompress(cut, data).Should().BeFalse());
    }

    [Theory]
    [InlineData(21, false)]
    [InlineData(22, true)]
    public void TryDecompress_LengthIn16Bits_MustBeOneThatNeedsThem(byte word, bool read) =>
        PlainLz77.TryDecompress([0xFF, 0xFF, 0xFF, 0x7F, 0x61, 0x07, 0x00, 0x0F, 0xFF, word, 0], new byte[1 + word + 3])
            .Should().Be(read);

    [Theory]
    [InlineData(0xFF, 0xFF)]
    [InlineData(0xFD, 0x7F)]
    public void TryDecompress_LengthThatWouldOverflow_Fails(byte low, byte high)
    {
        byte[] compressed = [0xFF, 0xFF, 0xFF, 0x7F, 0x61, 0x07, 0x00, 0x0F, 0xFF, 0, 0, low, 0xFF, 0xFF, high];

        PlainLz77.TryDecompress(compressed, new byte[300]).Should().BeFalse();
    }

    [Fact]
    public void TryDecompress_NothingWanted_NeedsNothing() => PlainLz77.TryDecompress([], []).Should().BeTrue();

    [Fact]
    public void TryDecompress_EveryVectorCutAndFlipped_NeitherThrowsNorSucceedsForWantOfBytes()
    {
        foreach (WireVector vector in WireVectors.All.Values.Where(v => v.Kind == "lz77"))
        {
            byte[] data = new byte[vector.SizeActual];
            foreach (byte[] bad in Mutations.Of(vector.Bytes))
            {
                _ = PlainLz77.TryDecompress(bad, data);
            }
        }

        byte[] whole = WireVectors.All["lz_spec_abc300"].Bytes;
        Mutations.Cuts(whole).Should().AllSatisfy(cut => PlainLz77.TryDecompress(cut, new byte[300]).Should().BeFalse());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(5000)]
    [InlineData(32768)]
    public void TryCompress_RandomBytes_DecompressToThemselves(int length)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data);

        RoundTrip(data).Should().BeLessThanOrEqualTo(PlainLz77.MaxCompressedLength(length));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(280)]
    [InlineData(281)]
    [InlineData(282)]
    [InlineData(32768)]
    [InlineData(65538)]
    [InlineData(65539)]
    [InlineData(65540)]
    [InlineData(200000)]
    public void TryCompress_RunOfOneByte_DecompressesToItself(int length) =>
        RoundTrip([.. Enumerable.Repeat((byte)7, length)]).Should().BeLessThan(20);

    [Fact]
    public void TryCompress_FewDistinctBytes_DecompressesToItself()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            byte[] data = [.. Enumerable.Range(0, random.Next(2000)).Select(_ => (byte)random.Next(1 + (i % 5)))];
            RoundTrip(data);
        }
    }

    [Theory]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public void TryCompress_RepeatAtTheDistanceLimit_IsAMatchOnlyWithinIt(int distance, bool matched)
    {
        // Random bytes cannot be compressed, so only the repeat of the first 300 can make a difference.
        byte[] data = new byte[distance + 300];
        new Random(5).NextBytes(data.AsSpan(0, distance));
        data.AsSpan(0, 300).CopyTo(data.AsSpan(distance));

        int size = RoundTrip(data);

        (size < distance + (distance / 32 * 4) + 150).Should().Be(matched);
    }

    [Fact]
    public void TryCompress_DestinationOneByteShort_Fails()
    {
        byte[] data = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i / 7))];
        byte[] destination = new byte[PlainLz77.MaxCompressedLength(data.Length)];
        PlainLz77.TryCompress(data, destination, out int size).Should().BeTrue();

        PlainLz77.TryCompress(data, destination.AsSpan(0, size), out int exact).Should().BeTrue();
        exact.Should().Be(size);
        for (int length = 0; length < size; length++)
        {
            PlainLz77.TryCompress(data, destination.AsSpan(0, length), out int written).Should().BeFalse();
            written.Should().Be(0);
        }
    }

    private static int RoundTrip(byte[] data)
    {
        byte[] compressed = new byte[PlainLz77.MaxCompressedLength(data.Length)];
        PlainLz77.TryCompress(data, compressed, out int size).Should().BeTrue();
        byte[] result = new byte[data.Length];
        PlainLz77.TryDecompress(compressed.AsSpan(0, size), result).Should().BeTrue();
        result.AsSpan().SequenceEqual(data).Should().BeTrue();
        return size;
    }
}
