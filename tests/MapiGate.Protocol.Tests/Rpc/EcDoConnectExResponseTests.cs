using MapiGate.Protocol.Tests.MapiHttp;

namespace MapiGate.Protocol.Tests.Rpc;

public class EcDoConnectExResponseTests
{
    private static readonly EcDoConnectExResponse Sample = new()
    {
        SessionHandle = Guid.Parse("01020304-0506-0708-090a-0b0c0d0e0f10"),
        PollsMax = 60000,
        RetryCount = 6,
        RetryDelay = 10000,
        SessionIndex = 9,
        DnPrefix = "",
        DisplayName = "Jane",
        ServerVersion = new Version(15, 2, 1118, 7),
        BestVersion = new Version(16, 0, 15928, 20006),
        TimeStamp = 77,
        AuxiliaryBuffer = new ServerAuxiliary { EndpointCapabilities = 1 }.ToArray(),
    };

    [Fact]
    public void Write_Response_HasTheLayoutOfTheSpecification() => Convert.ToHexStringLower(Sample.ToArray()).Should().Be(
        "00000000" + "0403020106050807090a0b0c0d0e0f10"
        + "60ea0000" + "06000000" + "10270000" + "09000000"
        + "00000200" + "01000000" + "00000000" + "01000000" + "00000000"
        + "00000200" + "05000000" + "00000000" + "05000000" + "4a616e6500000000"
        + "020f5e840700" + "001038be264e" + "4d000000"
        + "10000000" + "00000000" + "10000000" + "0000040008000800" + "0800014801000000"
        + "10000000" + "00000000");

    [Fact]
    public void Write_Response_ReadsBackTheSame()
    {
        EcDoConnectExResponse.TryRead(Sample.ToArray(), out EcDoConnectExResponse? read, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        read.Should().BeEquivalentTo(Sample, o => o.Excluding(r => r.AuxiliaryBuffer));
        read!.AuxiliaryBuffer.ToArray().Should().Equal(Sample.AuxiliaryBuffer.ToArray());
    }

    [Fact]
    public void Refused_Code_HasNoSessionHandle()
    {
        byte[] stub = EcDoConnectExResponse.Refused(MapiErrorCode.VersionMismatch, new Version(12, 0, 6206, 1000)).ToArray();

        stub[..20].Should().OnlyContain(b => b == 0);
        stub[^4..].Should().Equal(0x10, 0x01, 0x04, 0x80);
        EcDoConnectExResponse.TryRead(stub, out EcDoConnectExResponse? read).Should().BeTrue();
        read!.BestVersion.Should().Be(new Version(12, 0, 6206, 1000));
    }

    [Fact]
    public void TryRead_NullStringPointers_AreEmptyStrings()
    {
        byte[] stub = [.. new byte[36], .. new byte[8], .. new byte[16], .. new byte[12], .. new byte[4], 0xDF, 4, 0, 0];

        EcDoConnectExResponse.TryRead(stub, out EcDoConnectExResponse? read).Should().BeTrue();

        read.Should().BeEquivalentTo(new { DnPrefix = "", DisplayName = "", ErrorCode = MapiErrorCode.ClientVersionDisallowed });
    }

    [Fact]
    public void TryRead_CutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<EcDoConnectExResponse>(
        Sample.ToArray(), EcDoConnectExResponse.TryRead, WireError.BadStubData, r => r.ToArray());
}
