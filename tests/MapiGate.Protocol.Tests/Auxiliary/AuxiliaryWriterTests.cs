using System.Net;

namespace MapiGate.Protocol.Tests.Auxiliary;

public class AuxiliaryWriterTests
{
    private static readonly AuxiliaryInfo Full = new()
    {
        ProcessNames = ["OUTLOOK.EXE", "", "Почта.exe"],
        MachineName = "WS-0417",
        UserName = "",
        AdapterName = "Ethernet0",
        ClientAddress = IPAddress.Parse("fe80::1"),
        MacAddress = "00-15-5d-0a-0b-0c",
        ClientMode = MapiClientMode.Cached,
        AccountId = Guid.Parse("01020304-0506-0708-090a-0b0c0d0e0f10"),
        ConnectionFlags = 1,
    };

    public static TheoryData<ExtendedBufferFlags> AllFlags => [.. Enumerable.Range(0, 8).Select(f => (ExtendedBufferFlags)f)];

    [Theory]
    [MemberData(nameof(AllFlags))]
    public void Write_Everything_ReadsBackTheSame(ExtendedBufferFlags flags)
    {
        byte[] aux = AuxiliaryWriter.Write(Full, flags);

        ((ExtendedBufferFlags)aux[2]).Should().Be(flags);
        AuxiliaryInfo.Read(aux).Should().BeEquivalentTo(
            Full with
            {
                Blocks = [new(1, 0x02), new(1, 0x18), new(2, 0x0B), new(2, 0x0B), new(2, 0x0B), new(1, 0x4A)],
                Warnings = (flags & ExtendedBufferFlags.Last) != 0 ? AuxiliaryWarnings.None : AuxiliaryWarnings.MissingLast,
            },
            options => options.ComparingByMembers<AuxiliaryInfo>());
    }

    [Fact]
    public void Write_Compressed_IsSmaller() =>
        AuxiliaryWriter.Write(Full, ExtendedBufferFlags.Last | ExtendedBufferFlags.Compressed).Length
            .Should().BeLessThan(AuxiliaryWriter.Write(Full).Length);

    [Fact]
    public void Write_Nothing_IsAHeaderAlone() =>
        AuxiliaryWriter.Write(AuxiliaryInfo.Empty).Should().Equal(0, 0, 4, 0, 0, 0, 0, 0);

    [Fact]
    public void Write_NothingCompressed_IsNotMarkedCompressed() =>
        AuxiliaryWriter.Write(AuxiliaryInfo.Empty, ExtendedBufferFlags.Compressed | ExtendedBufferFlags.Last)
            .Should().Equal(0, 0, 4, 0, 0, 0, 0, 0);

    [Fact]
    public void Write_MoreThanABufferMayHave_Throws()
    {
        var info = new AuxiliaryInfo { ProcessNames = [.. Enumerable.Range(0, 100).Select(i => $"{i}{new string('x', 100)}")] };

        FluentActions.Invoking(() => AuxiliaryWriter.Write(info)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Write_NameWithNul_IsCutThere() =>
        AuxiliaryInfo.Read(AuxiliaryWriter.Write(new AuxiliaryInfo { ProcessNames = ["a.exe\0b.exe"], MachineName = "M\0N" }))
            .Should().BeEquivalentTo(new { ProcessName = "a.exe", MachineName = "M", Warnings = AuxiliaryWarnings.None });

    [Fact]
    public void Write_MacAddressThatIsNone_IsLeftOut() =>
        AuxiliaryInfo.Read(AuxiliaryWriter.Write(new AuxiliaryInfo { MacAddress = "no address" })).MacAddress.Should().BeNull();
}
