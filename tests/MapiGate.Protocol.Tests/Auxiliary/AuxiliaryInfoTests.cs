using System.Buffers;
using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.Auxiliary;

public class AuxiliaryInfoTests
{
    public static TheoryData<string> Readable => WireVectors.Readable("aux");

    public static TheoryData<string> Unreadable => WireVectors.Unreadable("aux");

    [Theory]
    [MemberData(nameof(Readable))]
    public void Read_Vector_YieldsWhatTheClientSays(string name)
    {
        WireVector vector = WireVectors.All[name];

        AuxiliaryInfo info = AuxiliaryInfo.Read(vector.Bytes);

        info.Error.Should().Be(WireError.None);
        info.ShouldBeAsIn(vector);
        info.Warnings.Should().Be(vector.Warnings);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Read_MalformedVector_ReportsTheErrorAndNothingElse(string name)
    {
        WireVector vector = WireVectors.All[name];

        AuxiliaryInfo info = AuxiliaryInfo.Read(vector.Bytes);

        info.Should().BeEquivalentTo(new AuxiliaryInfo { Error = vector.Error });
    }

    [Fact]
    public void Read_AccountAndConnectionBlocks_YieldsAccountAndFlags()
    {
        AuxiliaryInfo info = AuxiliaryInfo.Read(WireVectors.All["aux_plain_full"].Bytes);

        info.AccountId.Should().Be(Guid.Parse("22222222-2222-2222-2222-222222222222"));
        info.ConnectionFlags.Should().Be(1);
        info.IsCachedMode.Should().BeTrue();
    }

    [Theory]
    [InlineData(MapiClientMode.Online, 0u, false)]
    [InlineData(MapiClientMode.Online, 1u, true)]
    [InlineData(MapiClientMode.Cached, 0u, true)]
    [InlineData(null, null, false)]
    public void IsCachedMode_EitherPlace_Suffices(MapiClientMode? mode, uint? flags, bool cached) =>
        new AuxiliaryInfo { ClientMode = mode, ConnectionFlags = flags }.IsCachedMode.Should().Be(cached);

    [Fact]
    public void Read_OneMoreThanTheLargestBuffer_IsTooLarge()
    {
        byte[] largest = Buffer(0, new byte[0x1000]);

        AuxiliaryInfo.Read(largest).Error.Should().Be(WireError.None);
        AuxiliaryInfo.Read([.. largest, 0]).Error.Should().Be(WireError.AuxTooLarge);
    }

    [Fact]
    public void Read_BytesBehindTheLastPayload_AreNotRead()
    {
        byte[] named = WireVectors.All["proc_version2_header"].Bytes;

        AuxiliaryInfo info = AuxiliaryInfo.Read([.. named, .. named]);

        info.ProcessNames.Should().Equal("OUTLOOK.EXE");
        info.Warnings.Should().Be(AuxiliaryWarnings.TrailingAfterLast);
    }

    [Fact]
    public void Read_ChainThatUnfoldsBeyond64KiB_IsRefused()
    {
        byte[] zeros = Buffer(ExtendedBufferFlags.Compressed, new byte[0x8000]);

        AuxiliaryInfo.Read([.. zeros, .. zeros]).Error.Should().Be(WireError.None);
        AuxiliaryInfo.Read([.. zeros, .. zeros, .. Buffer(ExtendedBufferFlags.Last, new byte[1])])
            .Error.Should().Be(WireError.AuxDecodedTooLarge);
    }

    [Fact]
    public void Read_SizeActualAbove32KiB_IsRefusedBeforeDecompressing()
    {
        AuxiliaryInfo.Read([0, 0, 5, 0, 0, 0, 0x00, 0x80]).Error.Should().Be(WireError.DecompressFailed);
        AuxiliaryInfo.Read([0, 0, 5, 0, 0, 0, 0x01, 0x80]).Error.Should().Be(WireError.ExtSizeActualTooLarge);
    }

    [Theory]
    [InlineData(10, AuxiliaryWarnings.MachineNameOffsetOutOfRange)]
    [InlineData(12, AuxiliaryWarnings.UserNameOffsetOutOfRange)]
    [InlineData(16, AuxiliaryWarnings.ClientIpOffsetOutOfRange)]
    [InlineData(22, AuxiliaryWarnings.AdapterNameOffsetOutOfRange)]
    [InlineData(26, AuxiliaryWarnings.MacAddressOffsetOutOfRange)]
    public void Read_ClientInfoOffsetOutsideItsVariablePart_WarnsAndReadsNothingThere(int field, AuxiliaryWarnings warning)
    {
        foreach (byte offset in new byte[] { 1, 31, 63, 64, 255 })
        {
            // 64 bytes: of every offset above, two or more bytes would leave the block or start in its fixed part.
            byte[] block = new byte[64];
            (block[0], block[2], block[3]) = (64, 1, 2);
            (block[14], block[24]) = (4, 6);
            block[field] = offset;

            AuxiliaryInfo info = AuxiliaryInfo.Read(Buffer(ExtendedBufferFlags.Last, block));

            info.Warnings.Should().Be(warning);
            new object?[] { info.MachineName, info.UserName, info.AdapterName, info.ClientAddress, info.MacAddress }
                .Should().AllSatisfy(value => value.Should().BeNull());
        }
    }

    [Theory]
    [InlineData(14, 5, AuxiliaryWarnings.ClientIpSizeUnknown)]
    [InlineData(24, 33, AuxiliaryWarnings.MacAddressSizeUnknown)]
    public void Read_AddressOfUnknownSize_WarnsAndReadsNothing(int field, byte size, AuxiliaryWarnings warning)
    {
        byte[] block = new byte[80];
        (block[0], block[2], block[3]) = (80, 1, 2);
        (block[field], block[field + 2]) = (size, 32);

        AuxiliaryInfo info = AuxiliaryInfo.Read(Buffer(ExtendedBufferFlags.Last, block));

        info.Warnings.Should().Be(warning);
        info.ClientAddress.Should().BeNull();
        info.MacAddress.Should().BeNull();
    }

    [Theory]
    [InlineData(1, 0x02, 32)]
    [InlineData(1, 0x0B, 28)]
    [InlineData(2, 0x0B, 28)]
    [InlineData(1, 0x18, 24)]
    [InlineData(1, 0x4A, 32)]
    public void Read_BlockOneByteShortOfItsFixedPart_IsSkippedWithAWarning(byte version, byte type, byte fixedLength)
    {
        byte[] Block(byte length) => [length, 0, version, type, .. new byte[length - 4]];

        AuxiliaryInfo.Read(Buffer(ExtendedBufferFlags.Last, Block(fixedLength))).Warnings.Should().Be(AuxiliaryWarnings.None);
        AuxiliaryInfo.Read(Buffer(ExtendedBufferFlags.Last, Block((byte)(fixedLength - 1))))
            .Warnings.Should().Be(AuxiliaryWarnings.BlockTooShort);
    }

    [Theory]
    [InlineData(0, MapiClientMode.Unknown)]
    [InlineData(1, MapiClientMode.Online)]
    [InlineData(2, MapiClientMode.Cached)]
    [InlineData(3, MapiClientMode.Unknown)]
    public void Read_ClientMode_IsAKnownOne(byte wire, MapiClientMode mode)
    {
        byte[] block = [32, 0, 1, 2, .. new byte[24], wire, 0, 0, 0];

        AuxiliaryInfo.Read(Buffer(ExtendedBufferFlags.Last, block)).ClientMode.Should().Be(mode);
    }

    [Fact]
    public void Read_EveryVectorCutAndFlipped_StaysWithinTheBytesGiven()
    {
        foreach (WireVector vector in WireVectors.All.Values.Where(v => v.Kind == "aux" && v.Bytes.Length <= 0x200))
        {
            foreach (byte[] bad in Mutations.Of(vector.Bytes))
            {
                AuxiliaryInfo info = AuxiliaryInfo.Read(bad);

                // A decoded payload has no more characters than bytes, nor more blocks than a quarter of them.
                (info.ProcessNames.Sum(n => n.Length) <= 0x8000 && info.Blocks.Count <= 0x4000).Should().BeTrue();
                (info.Error == WireError.None || (info.Blocks.Count == 0 && info.ProcessName is null)).Should().BeTrue();
            }
        }
    }

    private static byte[] Buffer(ExtendedBufferFlags flags, byte[] payload)
    {
        var output = new ArrayBufferWriter<byte>();
        ExtendedBuffer.Write(output, payload, flags);
        return output.WrittenSpan.ToArray();
    }
}
