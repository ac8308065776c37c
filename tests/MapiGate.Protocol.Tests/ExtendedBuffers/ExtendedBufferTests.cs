using System.Buffers;

namespace MapiGate.Protocol.Tests.ExtendedBuffers;

public class ExtendedBufferTests
{
    public static TheoryData<int, ExtendedBufferFlags> LengthsAndFlags
    {
        get
        {
            var data = new TheoryData<int, ExtendedBufferFlags>();
            foreach (int length in new[] { 0, 1, 7, 31, 32, 33, 100, 4096, 5000, 0x8000 })
            {
                for (ushort flags = 0; flags < 8; flags++)
                {
                    data.Add(length, (ExtendedBufferFlags)flags);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LengthsAndFlags))]
    public void Write_Payload_ReadsBackTheSame(int length, ExtendedBufferFlags flags)
    {
        byte[] payload = [.. Enumerable.Range(0, length).Select(i => (byte)(i / 3 % 200))];

        byte[] wire = Write(payload, flags);
        byte[] result = new byte[length];
        bool read = ExtendedBuffer.TryRead(wire, result, out ExtendedBufferHeader header, out WireError error);

        error.Should().Be(WireError.None);
        read.Should().BeTrue();
        header.Size.Should().Be((ushort)(wire.Length - ExtendedBufferHeader.Length));
        header.SizeActual.Should().Be((ushort)length);
        header.IsLast.Should().Be((flags & ExtendedBufferFlags.Last) != 0);
        result.AsSpan().SequenceEqual(payload).Should().BeTrue();
    }

    [Fact]
    public void Write_PayloadThatStaysLongWhenPacked_ReadsBackTheSame()
    {
        // Random bytes do not compress, the zeros behind them do: packed, but longer than any auxiliary buffer.
        byte[] payload = new byte[12_000];
        new Random(1).NextBytes(payload.AsSpan(0, 6_000));
        byte[] result = new byte[payload.Length];

        byte[] wire = Write(payload, ExtendedBufferFlags.Compressed | ExtendedBufferFlags.XorMagic | ExtendedBufferFlags.Last);
        ExtendedBuffer.TryRead(wire, result, out ExtendedBufferHeader header, out _).Should().BeTrue();

        header.Flags.Should().HaveFlag(ExtendedBufferFlags.Compressed);
        header.Size.Should().BeInRange(6_000, 8_000);
        result.AsSpan().SequenceEqual(payload).Should().BeTrue();
    }

    [Fact]
    public void Write_XorMagic_ChangesEveryByteBy0xA5() =>
        Write([0x00, 0xA5, 0xFF], ExtendedBufferFlags.XorMagic).Should().Equal(0, 0, 2, 0, 3, 0, 3, 0, 0xA5, 0x00, 0x5A);

    [Fact]
    public void Write_Incompressible_IsWrittenUncompressed()
    {
        byte[] payload = [1, 2, 3, 4];

        Write(payload, ExtendedBufferFlags.Compressed | ExtendedBufferFlags.Last).Should().Equal(0, 0, 4, 0, 4, 0, 4, 0, 1, 2, 3, 4);
    }

    [Fact]
    public void Write_PayloadAbove32KiB_Throws() =>
        FluentActions.Invoking(() => Write(new byte[0x8001], ExtendedBufferFlags.Last)).Should().Throw<ArgumentException>();

    [Fact]
    public void TryRead_DestinationTooSmall_SaysSo()
    {
        byte[] wire = Write(new byte[100], ExtendedBufferFlags.Last);

        ExtendedBuffer.TryRead(wire, new byte[99], out _, out WireError error).Should().BeFalse();
        error.Should().Be(WireError.DestinationTooSmall);
    }

    [Fact]
    public void TryRead_DestinationWithRoomToSpare_IsLeftAloneBehindThePayload()
    {
        byte[] destination = [9, 9, 9, 9, 9];

        ExtendedBuffer.TryRead(Write([1, 2, 3], ExtendedBufferFlags.XorMagic), destination, out _, out _).Should().BeTrue();

        destination.Should().Equal(1, 2, 3, 9, 9);
    }

    [Fact]
    public void TryRead_PackedPayload_AllocatesNothing()
    {
        byte[] wire = Write(new byte[0x1000], ExtendedBufferFlags.Compressed | ExtendedBufferFlags.XorMagic | ExtendedBufferFlags.Last);
        byte[] destination = new byte[0x1000];
        ExtendedBuffer.TryRead(wire, destination, out _, out _).Should().BeTrue();

        long before = GC.GetAllocatedBytesForCurrentThread();
        ExtendedBuffer.TryRead(wire, destination, out _, out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static byte[] Write(byte[] payload, ExtendedBufferFlags flags)
    {
        var output = new ArrayBufferWriter<byte>();
        ExtendedBuffer.Write(output, payload, flags);
        return output.WrittenSpan.ToArray();
    }
}
