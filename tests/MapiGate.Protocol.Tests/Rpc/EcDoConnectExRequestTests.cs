using MapiGate.Protocol.Tests.MapiHttp;
using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.Rpc;

public class EcDoConnectExRequestTests
{
    public static TheoryData<string> Readable => WireVectors.Readable("ndr-ecdoconnectex");

    public static TheoryData<string> Unreadable => WireVectors.Unreadable("ndr-ecdoconnectex");

    [Theory]
    [MemberData(nameof(Readable))]
    public void TryRead_Vector_YieldsTheRequest(string name)
    {
        WireVector vector = WireVectors.All[name];

        EcDoConnectExRequest.TryRead(vector.Bytes, out EcDoConnectExRequest? request, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        request!.UserDn.Should().Be(vector.Text("userDn"));
        request.Flags.Should().Be((uint)vector.Number("flags"));
        request.CodePage.Should().Be((uint)vector.Number("codePage"));
        request.LcidSort.Should().Be((uint)vector.Number("lcidSort"));
        request.LcidString.Should().Be((uint)vector.Number("lcidString"));
        request.ClientVersion.Should().Be(Version.Parse(vector.Text("clientVersion")!));
        request.Auxiliary.ShouldBeAsIn(vector);
        request.Auxiliary.Warnings.Should().Be(vector.Warnings);
        request.Auxiliary.Error.Should().Be(
            vector.Text("auxError") is { } auxError ? Enum.Parse<WireError>(auxError) : WireError.None);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void TryRead_MalformedVector_ReportsTheError(string name)
    {
        WireVector vector = WireVectors.All[name];

        EcDoConnectExRequest.TryRead(vector.Bytes, out EcDoConnectExRequest? request, out WireError error).Should().BeFalse();

        request.Should().BeNull();
        error.Should().Be(vector.Error);
    }

    [Fact]
    public void TryRead_LcidOrder_IsStringBeforeSort()
    {
        byte[] stub = new EcDoConnectExRequest { UserDn = "abc", LcidString = 2057, LcidSort = 1031 }.ToArray();

        stub[32..40].Should().Equal(0x09, 0x08, 0, 0, 0x07, 0x04, 0, 0);
        EcDoConnectExRequest.TryRead(stub, out EcDoConnectExRequest? request).Should().BeTrue();
        request.Should().BeEquivalentTo(new { LcidString = 2057, LcidSort = 1031 });
    }

    [Theory]
    [InlineData("ndr_outlook16")]
    [InlineData("ndr_aux_5_bytes")]
    public void ToArray_VectorRead_IsTheVector(string name)
    {
        WireVector vector = WireVectors.All[name];
        EcDoConnectExRequest.TryRead(vector.Bytes, out EcDoConnectExRequest? request).Should().BeTrue();

        request!.ToArray().Should().Equal(vector.Bytes);
    }

    [Fact]
    public void TryRead_CutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<EcDoConnectExRequest>(
        WireVectors.All["ndr_outlook16"].Bytes, EcDoConnectExRequest.TryRead, WireError.BadStubData, r => r.ToArray());

    [Fact]
    public void TryRead_AuxiliaryAboveTheLimit_IsBadStubData()
    {
        EcDoConnectExRequest.TryRead(new EcDoConnectExRequest { AuxiliaryBuffer = new byte[0x1008] }.ToArray(), out _).Should().BeTrue();
        EcDoConnectExRequest.TryRead(new EcDoConnectExRequest { AuxiliaryBuffer = new byte[0x1009] }.ToArray(), out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(4, 1, "szUserDN does not start at its first character")]
    [InlineData(0, 3, "szUserDN has more characters than its maximum")]
    [InlineData(8, 0, "szUserDN has not even a NUL")]
    [InlineData(15, (byte)'x', "szUserDN does not end with its NUL")]
    [InlineData(56, 1, "rgbAuxIn is longer than what follows")]
    [InlineData(60, 1, "cbAuxIn is not the length of rgbAuxIn")]
    [InlineData(64, 9, "pcbAuxOut is above 0x1008")]
    public void TryRead_FieldThatContradictsAnother_IsBadStubData(int at, byte value, string why)
    {
        byte[] stub = new EcDoConnectExRequest { UserDn = "abc" }.ToArray();
        stub.Should().HaveCount(68);
        EcDoConnectExRequest.TryRead(stub, out _).Should().BeTrue();

        stub[at] = value;

        EcDoConnectExRequest.TryRead(stub, out _, out WireError error).Should().BeFalse(why);
        error.Should().Be(WireError.BadStubData);
    }
}
