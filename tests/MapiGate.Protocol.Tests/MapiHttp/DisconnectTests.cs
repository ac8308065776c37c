using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class DisconnectTests
{
    public static TheoryData<string> Requests => WireVectors.Names("mapihttp-disconnect");

    public static TheoryData<string> Responses => WireVectors.Names("mapihttp-disconnect-response");

    [Theory]
    [MemberData(nameof(Requests))]
    public void TryRead_RequestVector_YieldsTheRequest(string name)
    {
        WireVector vector = WireVectors.All[name];

        DisconnectRequest.TryRead(vector.Bytes, out DisconnectRequest? request, out _).Should().BeTrue();

        request!.AuxiliaryBuffer.Length.Should().Be((int)vector.Number("auxSize"));
        request.ToArray().Should().Equal(vector.Bytes);
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void TryRead_ResponseVector_YieldsTheResponse(string name)
    {
        WireVector vector = WireVectors.All[name];

        DisconnectResponse.TryRead(vector.Bytes, out DisconnectResponse? response, out _).Should().BeTrue();

        response!.StatusCode.Should().Be((uint)vector.Number("statusCode"));
        ((uint)response.ErrorCode).Should().Be((uint)vector.Number("errorCode"));
        response.AuxiliaryBuffer.Length.Should().Be((int)vector.Number("auxSize"));
        response.ToArray().Should().Equal(vector.Bytes);
    }

    [Fact]
    public void TryRead_RequestCutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<DisconnectRequest>(
        [2, 0, 0, 0, 8, 9], DisconnectRequest.TryRead, WireError.InvalidRequestBody, r => r.ToArray());

    [Fact]
    public void TryRead_ResponseCutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<DisconnectResponse>(
        [0, 0, 0, 0, 0xDF, 4, 0, 0, 2, 0, 0, 0, 8, 9], DisconnectResponse.TryRead, WireError.InvalidResponseBody, r => r.ToArray());

    [Fact]
    public void TryRead_RequestWithBytesBehindIt_TellsThem()
    {
        DisconnectRequest.TryRead([0, 0, 0, 0, 1], out DisconnectRequest? request).Should().BeTrue();

        request!.Warnings.Should().Be(AuxiliaryWarnings.TrailingAfterAux);
    }
}
