using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class ExecuteResponseTests
{
    private static readonly WireVector Vector = WireVectors.All["execute_response_roplogon"];

    [Fact]
    public void TryRead_Vector_YieldsTheResponseAndItsLogon()
    {
        ExecuteResponse.TryRead(Vector.Bytes, out ExecuteResponse? response, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        response!.StatusCode.Should().Be((uint)Vector.Number("statusCode"));
        ((uint)response.ErrorCode).Should().Be((uint)Vector.Number("errorCode"));
        RopBuffer.TryRead(response.RopBuffer.Span, out RopBuffer? rops, out _).Should().BeTrue();
        rops!.Handles.Should().Equal(Vector.Numbers("handles"));
        RopLogonResponse.TryRead(rops.Rops.Span, out RopLogonResponse? logon, out int length, out _).Should().BeTrue();
        length.Should().Be((int)Vector.Number("ropResponseSize"));
        ((uint)logon!.ReturnValue).Should().Be((uint)Vector.Number("returnValue"));
        logon.LogonFlags.Should().Be((byte)Vector.Number("logonFlags"));
        logon.ResponseFlags.Should().Be((byte)Vector.Number("responseFlags"));
    }

    [Fact]
    public void ToArray_VectorRead_IsTheVectorWithItsLogonWrittenAnew()
    {
        ExecuteResponse.TryRead(Vector.Bytes, out ExecuteResponse? response).Should().BeTrue();
        RopBuffer.TryRead(response!.RopBuffer.Span, out RopBuffer? rops, out _).Should().BeTrue();
        RopLogonResponse.TryRead(rops!.Rops.Span, out RopLogonResponse? logon).Should().BeTrue();

        var anew = response with { RopBuffer = (rops with { Rops = logon!.ToArray() }).ToArray() };

        // The vector calls 22 November 2026 a Wednesday (3). It is a Sunday, and the day is written as the date has it.
        byte[] expected = [.. Vector.Bytes];
        expected[175].Should().Be(3);
        expected[175] = 0;
        anew.ToArray().Should().Equal(expected);
        response.ToArray().Should().Equal(Vector.Bytes);
    }

    [Fact]
    public void TryRead_CutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<ExecuteResponse>(
        Vector.Bytes, ExecuteResponse.TryRead, WireError.InvalidResponseBody, r => r.ToArray());

    [Fact]
    public void TryRead_FailedStatus_HasOnlyAnAuxiliaryBuffer()
    {
        byte[] body = [0x7D, 4, 0, 0, 0, 0, 0, 0];

        ExecuteResponse.TryRead(body, out ExecuteResponse? response).Should().BeTrue();

        response!.StatusCode.Should().Be((uint)MapiErrorCode.BufferTooSmall);
        response.ToArray().Should().Equal(body);
    }

    [Fact]
    public void Failed_Code_IsAResponseWithoutRops() =>
        ExecuteResponse.Failed(MapiErrorCode.RpcFormat).ToArray()
            .Should().Equal(0, 0, 0, 0, 0xB6, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
