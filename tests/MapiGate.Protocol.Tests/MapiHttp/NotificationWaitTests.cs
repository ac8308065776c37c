using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class NotificationWaitTests
{
    public static TheoryData<string> Requests => WireVectors.Names("mapihttp-notificationwait");

    public static TheoryData<string> Responses => WireVectors.Names("mapihttp-notificationwait-response");

    [Theory]
    [MemberData(nameof(Requests))]
    public void TryRead_RequestVector_YieldsTheRequest(string name)
    {
        WireVector vector = WireVectors.All[name];

        NotificationWaitRequest.TryRead(vector.Bytes, out NotificationWaitRequest? request, out _).Should().BeTrue();

        request!.Flags.Should().Be((uint)vector.Number("flags"));
        request.AuxiliaryBuffer.Length.Should().Be((int)vector.Number("auxSize"));
        request.ToArray().Should().Equal(vector.Bytes);
    }

    [Theory]
    [MemberData(nameof(Responses))]
    public void TryRead_ResponseVector_YieldsTheResponse(string name)
    {
        WireVector vector = WireVectors.All[name];

        NotificationWaitResponse.TryRead(vector.Bytes, out NotificationWaitResponse? response, out _).Should().BeTrue();

        response!.StatusCode.Should().Be((uint)vector.Number("statusCode"));
        ((uint)response.ErrorCode).Should().Be((uint)vector.Number("errorCode"));
        response.EventPending.Should().Be(vector.Number("eventPending") == 1);
        response.ToArray().Should().Equal(vector.Bytes);
    }

    [Fact]
    public void TryRead_RequestCutOrChangedAnywhere_IsAnErrorOrAValue() =>
        BodyContract.ShouldBearAnyBytes<NotificationWaitRequest>(
            [0, 0, 0, 0, 2, 0, 0, 0, 8, 9], NotificationWaitRequest.TryRead, WireError.InvalidRequestBody, r => r.ToArray());

    [Fact]
    public void TryRead_ResponseCutOrChangedAnywhere_IsAnErrorOrAValue() =>
        BodyContract.ShouldBearAnyBytes<NotificationWaitResponse>(
            WireVectors.All["notificationwait_pending"].Bytes, NotificationWaitResponse.TryRead, WireError.InvalidResponseBody, r => r.ToArray());

    [Fact]
    public void TryRead_FailedStatus_HasOnlyAnAuxiliaryBuffer()
    {
        byte[] body = [1, 0, 0, 0, 0, 0, 0, 0];

        NotificationWaitResponse.TryRead(body, out NotificationWaitResponse? response).Should().BeTrue();

        response!.ToArray().Should().Equal(body);
    }
}
