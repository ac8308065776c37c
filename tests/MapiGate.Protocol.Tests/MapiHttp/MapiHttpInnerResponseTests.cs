using System.Text;
using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class MapiHttpInnerResponseTests
{
    public static TheoryData<string> Vectors => WireVectors.Names("http-inner-stream");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryRead_Vector_YieldsTagsCodeAndBody(string name)
    {
        WireVector vector = WireVectors.All[name];

        MapiHttpInnerResponse.TryRead(vector.Bytes, out MapiHttpInnerResponse? response, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        response!.MetaTags.Should().Equal(vector.Texts("metaTags"));
        ((long?)response.ResponseCode).Should().Be(vector.Number("finalResponseCode"));
        response.StartTime.Should().Be(new DateTimeOffset(2026, 11, 22, 10, 15, 30, TimeSpan.Zero));
        if (vector.Expects("bodyHex"))
        {
            Convert.ToHexStringLower(response.Body.Span).Should().Be(vector.Text("bodyHex"));
            response.ElapsedTime.Should().Be(TimeSpan.FromMilliseconds(41230));
        }
        else
        {
            ConnectResponse.TryRead(response.Body.Span, out ConnectResponse? connect).Should().BeTrue();
            connect!.StatusCode.Should().Be((uint)vector.Number("statusCode"));
            ((uint)connect.ErrorCode).Should().Be((uint)vector.Number("errorCode"));
        }
    }

    [Fact]
    public void TryRead_LateFailure_LastResponseCodeCounts() =>
        Read("DONE\r\nX-ResponseCode: 0\r\nx-responsecode:10 \r\n\r\n")!.ResponseCode.Should().Be(MapiHttpResponseCode.ContextNotFound);

    [Fact]
    public void TryRead_NoHeaders_LeavesThemUnknown() =>
        Read("DONE\r\n\r\nbody").Should().BeEquivalentTo(
            new { ResponseCode = (MapiHttpResponseCode?)null, ElapsedTime = (TimeSpan?)null, StartTime = (DateTimeOffset?)null });

    [Theory]
    [InlineData("X-ElapsedTime: soon\r\nX-StartTime: today\r\nX-Other: 1\r\n")]
    [InlineData("X-ElapsedTime: 99999999999\r\nX-StartTime:\r\n")]
    [InlineData("X-ElapsedTime: -1\r\n")]
    public void TryRead_HeadersThatOnlyInform_MayBeOdd(string headers)
    {
        MapiHttpInnerResponse? response = Read($"DONE\r\n{headers}\r\n");

        response!.ElapsedTime.Should().BeNull();
        response.StartTime.Should().BeNull();
    }

    [Theory]
    [InlineData("DONE\r\nX-ResponseCode: ten\r\n\r\n")]
    [InlineData("DONE\r\nX-ResponseCode:\r\n\r\n")]
    [InlineData("DONE\r\nX-ResponseCode: 99999999999\r\n\r\n")]
    [InlineData("DONE\r\nno header\r\n\r\n")]
    [InlineData("DONE\r\n: 1\r\n\r\n")]
    [InlineData("WORKING\r\nDONE\r\n\r\n")]
    [InlineData("done\r\n\r\n")]
    [InlineData("\r\nDONE\r\n\r\n")]
    [InlineData("PROCESSING\r\n")]
    [InlineData("PROCESSING\r\nPEND")]
    [InlineData("PROCESSING\r\nDONE\r\nX-ResponseCode: 0\r\n")]
    public void TryRead_AnythingElse_Fails(string stream)
    {
        MapiHttpInnerResponse.TryRead(Encoding.Latin1.GetBytes(stream), out MapiHttpInnerResponse? response, out WireError error)
            .Should().BeFalse();

        response.Should().BeNull();
        error.Should().Be(WireError.InvalidResponseStream);
    }

    [Fact]
    public void TryRead_NoBytes_IsTheAnswerToAPing() => Read("").Should().BeEquivalentTo(new { MetaTags = Array.Empty<string>() });

    [Fact]
    public void TryRead_PendingGluedToTheNextTag_IsMalformed() => Read("PROCESSING\r\nPENDINGDONE\r\n\r\n").Should().BeNull();

    [Fact]
    public void TryRead_CutOrChangedAnywhere_NeverThrows()
    {
        byte[] good = WireVectors.All["inner_connect_refused"].Bytes;
        int head = good.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        foreach (byte[] cut in Mutations.Cuts(good))
        {
            MapiHttpInnerResponse.TryRead(cut, out _).Should().Be(cut.Length == 0 || cut.Length >= head);
        }

        foreach (byte[] bad in Mutations.Of(good))
        {
            bool read = MapiHttpInnerResponse.TryRead(bad, out MapiHttpInnerResponse? response);
            (!read || response!.Body.Length <= bad.Length).Should().BeTrue();
        }
    }

    private static MapiHttpInnerResponse? Read(string stream)
    {
        MapiHttpInnerResponse.TryRead(Encoding.Latin1.GetBytes(stream), out MapiHttpInnerResponse? response);
        return response;
    }
}
