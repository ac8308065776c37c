using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class ConnectResponseTests
{
    public static TheoryData<string> Vectors => WireVectors.Names("mapihttp-connect-response");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryRead_Vector_YieldsTheResponse(string name)
    {
        WireVector vector = WireVectors.All[name];

        ConnectResponse.TryRead(vector.Bytes, out ConnectResponse? response, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        response!.StatusCode.Should().Be((uint)vector.Number("statusCode"));
        ((uint)response.ErrorCode).Should().Be((uint)vector.Number("errorCode"));
        if (vector.Expects("pollsMax"))
        {
            response.PollsMax.Should().Be((uint)vector.Number("pollsMax"));
            response.RetryCount.Should().Be((uint)vector.Number("retryCount"));
            response.RetryDelay.Should().Be((uint)vector.Number("retryDelay"));
            response.DnPrefix.Should().Be(vector.Text("dnPrefix"));
            response.DisplayName.Should().Be(vector.Text("displayName"));
            response.AuxiliaryBuffer.Length.Should().Be((int)vector.Number("auxSize"));
        }

        response.ToArray().Should().Equal(vector.Bytes);
    }

    [Fact]
    public void Refused_Code_IsWrittenAsTheVector() =>
        ConnectResponse.Refused(MapiErrorCode.ClientVersionDisallowed).ToArray()
            .Should().Equal(WireVectors.All["connect_response_refused_4df"].Bytes);

    [Fact]
    public void TryRead_FailedStatus_HasOnlyAnAuxiliaryBuffer()
    {
        byte[] body = [0xBB, 6, 0, 0, 2, 0, 0, 0, 8, 9];

        ConnectResponse.TryRead(body, out ConnectResponse? response).Should().BeTrue();

        response!.StatusCode.Should().Be((uint)MapiErrorCode.ServerTooBusy);
        response.AuxiliaryBuffer.ToArray().Should().Equal(8, 9);
        response.ToArray().Should().Equal(body);
    }

    [Fact]
    public void TryRead_CutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<ConnectResponse>(
        WireVectors.All["connect_response_ok"].Bytes, ConnectResponse.TryRead, WireError.InvalidResponseBody, r => r.ToArray());

    [Fact]
    public void ToArray_DisplayNameInAnyScript_ReadsBackTheSame()
    {
        var sent = new ConnectResponse { DnPrefix = "/o=x", DisplayName = "Иван Müller 😀" };

        ConnectResponse.TryRead(sent.ToArray(), out ConnectResponse? read).Should().BeTrue();

        read.Should().BeEquivalentTo(sent, o => o.Excluding(r => r.AuxiliaryBuffer));
    }
}
