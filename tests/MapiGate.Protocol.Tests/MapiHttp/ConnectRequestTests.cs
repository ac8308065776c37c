using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class ConnectRequestTests
{
    public static TheoryData<string> Readable => WireVectors.Readable("mapihttp-connect");

    public static TheoryData<string> Unreadable => WireVectors.Unreadable("mapihttp-connect");

    [Theory]
    [MemberData(nameof(Readable))]
    public void TryRead_Vector_YieldsTheRequest(string name)
    {
        WireVector vector = WireVectors.All[name];

        ConnectRequest.TryRead(vector.Bytes, out ConnectRequest? request, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        request!.UserDn.Should().Be(vector.Text("userDn"));
        request.Flags.Should().Be((uint)vector.Number("flags"));
        request.DefaultCodePage.Should().Be((uint)vector.Number("codePage"));
        request.LcidSort.Should().Be((uint)vector.Number("lcidSort"));
        request.LcidString.Should().Be((uint)vector.Number("lcidString"));
        request.Warnings.Should().Be(vector.Warnings);
        request.Auxiliary.ShouldBeAsIn(vector);
        request.Auxiliary.Error.Should().Be(
            vector.Text("auxError") is { } auxError ? Enum.Parse<WireError>(auxError) : WireError.None);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void TryParseApplication_HeaderOfTheVector_YieldsTheClientsVersion(string name)
    {
        WireVector vector = WireVectors.All[name];

        bool read = ClientVersion.TryParseApplication(vector.Header(MapiHttpHeaders.ClientApplication), out Version? version);

        read.Should().Be(vector.Text("clientVersion") is not null);
        (version?.ToString()).Should().Be(vector.Text("clientVersion"));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void TryRead_MalformedVector_ReportsTheError(string name)
    {
        WireVector vector = WireVectors.All[name];

        ConnectRequest.TryRead(vector.Bytes, out ConnectRequest? request, out WireError error).Should().BeFalse();

        request.Should().BeNull();
        error.Should().Be(vector.Error);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public void ToArray_VectorRead_IsTheVectorUpToItsEnd(string name)
    {
        WireVector vector = WireVectors.All[name];
        ConnectRequest.TryRead(vector.Bytes, out ConnectRequest? request).Should().BeTrue();

        byte[] written = request!.ToArray();

        bool trailing = (request.Warnings & AuxiliaryWarnings.TrailingAfterAux) != 0;
        written.Should().Equal(trailing ? vector.Bytes[..written.Length] : vector.Bytes);
    }

    [Fact]
    public void TryRead_CutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<ConnectRequest>(
        WireVectors.All["connect_outlook16"].Bytes, ConnectRequest.TryRead, WireError.InvalidRequestBody, r => r.ToArray());

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void TryRead_LongDn_IsReadUpToTheLimit(int length, bool read)
    {
        byte[] body = [.. Enumerable.Repeat((byte)'x', length), 0, .. new byte[20]];

        ConnectRequest.TryRead(body, out _).Should().Be(read);
    }

    [Theory]
    [InlineData(0x1008, true)]
    [InlineData(0x1009, false)]
    public void TryRead_LargeAuxiliaryBuffer_IsReadUpToTheLimit(int length, bool read)
    {
        byte[] body = new ConnectRequest { AuxiliaryBuffer = new byte[length] }.ToArray();

        ConnectRequest.TryRead(body, out _, out WireError error).Should().Be(read);

        error.Should().Be(read ? WireError.None : WireError.InvalidRequestBody);
    }

    [Fact]
    public void TryRead_DnWithBytesAbove127_KeepsEachApart()
    {
        byte[] dn = [.. Enumerable.Range(1, 255).Select(i => (byte)i)];

        ConnectRequest.TryRead([.. dn, 0, .. new byte[20]], out ConnectRequest? request).Should().BeTrue();

        request!.UserDn.Should().Be(new string([.. dn.Select(b => (char)b)]));
        request.ToArray()[..255].Should().Equal(dn);
    }

    [Fact]
    public void ToArray_DnWithNulOrBeyondLatin1_StaysWellFormed()
    {
        ConnectRequest.TryRead(new ConnectRequest { UserDn = "Ж\0cn" }.ToArray(), out ConnectRequest? request).Should().BeTrue();

        request!.UserDn.Should().Be("?");
    }
}
