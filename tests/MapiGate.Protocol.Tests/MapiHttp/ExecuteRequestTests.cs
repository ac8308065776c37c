using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class ExecuteRequestTests
{
    public static TheoryData<string> Vectors => WireVectors.Names("mapihttp-execute");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void TryRead_Vector_YieldsTheRequestAndItsRops(string name)
    {
        WireVector vector = WireVectors.All[name];

        ExecuteRequest.TryRead(vector.Bytes, out ExecuteRequest? request, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        request!.Flags.Should().Be((uint)vector.Number("flags"));
        request.Warnings.Should().Be(AuxiliaryWarnings.None);
        if (vector.Expects("maxRopOut"))
        {
            request.MaxRopOut.Should().Be((uint)vector.Number("maxRopOut"));
        }

        RopBuffer.TryRead(request.RopBuffer.Span, out RopBuffer? rops, out _).Should().BeTrue();
        rops!.Handles.Should().Equal(vector.Numbers("handles"));
        List<RopRequest> list = Walk(rops);
        list.Select(r => (uint)r.RopId).Should().Equal(vector.Numbers("ropIds"));
        if (vector.Expects("essdn"))
        {
            list.Should().ContainSingle().Which.Should().BeEquivalentTo(new RopLogonRequest
            {
                LogonId = (byte)vector.Number("logonId"),
                OutputHandleIndex = (byte)vector.Number("outputHandleIndex"),
                LogonFlags = (byte)vector.Number("logonFlags"),
                OpenFlags = (uint)vector.Number("openFlags"),
                Essdn = vector.Text("essdn")!,
            });
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void ToArray_VectorRead_IsTheVectorWithItsRopsWrittenAnew(string name)
    {
        WireVector vector = WireVectors.All[name];
        ExecuteRequest.TryRead(vector.Bytes, out ExecuteRequest? request).Should().BeTrue();
        RopBuffer.TryRead(request!.RopBuffer.Span, out RopBuffer? rops, out _).Should().BeTrue();

        byte[] anew = [.. Walk(rops!).SelectMany(r => r.ToArray())];

        request.ToArray().Should().Equal(vector.Bytes);
        (request with { RopBuffer = (rops! with { Rops = anew }).ToArray() }).ToArray().Should().Equal(vector.Bytes);
    }

    [Fact]
    public void TryRead_CutOrChangedAnywhere_IsAnErrorOrAValue() => BodyContract.ShouldBearAnyBytes<ExecuteRequest>(
        WireVectors.All["execute_roplogon"].Bytes, ExecuteRequest.TryRead, WireError.InvalidRequestBody, r => r.ToArray());

    [Theory]
    [InlineData(0x40000, true)]
    [InlineData(0x40001, false)]
    public void TryRead_LargeRopBuffer_IsReadUpToTheLimit(int length, bool read) =>
        ExecuteRequest.TryRead(new ExecuteRequest { RopBuffer = new byte[length] }.ToArray(), out _).Should().Be(read);

    [Fact]
    public void TryRead_BytesBehindTheBody_AreTold()
    {
        ExecuteRequest.TryRead([.. WireVectors.All["execute_roplogon"].Bytes, 0], out ExecuteRequest? request).Should().BeTrue();

        request!.Warnings.Should().Be(AuxiliaryWarnings.TrailingAfterAux);
    }

    private static List<RopRequest> Walk(RopBuffer rops)
    {
        var list = new List<RopRequest>();
        var reader = new RopReader(rops.Rops.Span);
        while (reader.TryReadNext(out RopRequest? rop))
        {
            list.Add(rop);
        }

        reader.Error.Should().Be(WireError.None);
        return list;
    }
}
