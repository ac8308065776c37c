using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.Rops;

public class RopBufferTests
{
    private static readonly RopBuffer Sample = new() { Rops = new byte[] { 1, 0, 0, 1, 0, 1, 1, 0, 2 }, Handles = [5, 6, RopBuffer.NoHandle] };

    public static TheoryData<ExtendedBufferFlags> AllFlags => [.. Enumerable.Range(0, 8).Select(f => (ExtendedBufferFlags)f)];

    [Theory]
    [MemberData(nameof(AllFlags))]
    public void Write_RopsAndHandles_ReadBackTheSame(ExtendedBufferFlags flags)
    {
        RopBuffer.TryRead(Sample.ToArray(flags), out RopBuffer? read, out WireError error).Should().BeTrue();

        error.Should().Be(WireError.None);
        ShouldBeSample(read!);
    }

    [Fact]
    public void TryReadChain_SeveralPayloads_YieldsEachUpToTheLast()
    {
        byte[] more = Sample.ToArray(ExtendedBufferFlags.XorMagic);

        RopBuffer.TryReadChain([.. more, .. more, .. Sample.ToArray(), .. more], out IReadOnlyList<RopBuffer> read, out WireError error)
            .Should().BeTrue();

        error.Should().Be(WireError.None);
        read.Should().HaveCount(3).And.AllSatisfy(ShouldBeSample);
    }

    [Theory]
    [InlineData(96, true)]
    [InlineData(97, false)]
    public void TryReadChain_ManyPayloads_AreReadUpTo96(int count, bool expected)
    {
        byte[] chain = [.. Enumerable.Repeat(Sample.ToArray(ExtendedBufferFlags.None), count).SelectMany(b => b)];

        RopBuffer.TryReadChain(chain, out IReadOnlyList<RopBuffer> read, out WireError error).Should().Be(expected);

        read.Should().HaveCount(expected ? count : 0);
        error.Should().Be(expected ? WireError.None : WireError.ChainTooLong);
    }

    [Theory]
    [InlineData(new byte[0], WireError.ExtHeaderTruncated, MapiErrorCode.RpcFailed)]
    [InlineData(new byte[] { 0, 0, 4, 0, 0, 0, 0, 0 }, WireError.RpcFormat, MapiErrorCode.RpcFormat)]
    [InlineData(new byte[] { 0, 0, 4, 0, 1, 0, 1, 0, 2 }, WireError.RpcFormat, MapiErrorCode.RpcFormat)]
    [InlineData(new byte[] { 0, 0, 4, 0, 2, 0, 2, 0, 0, 0 }, WireError.RpcFormat, MapiErrorCode.RpcFormat)]
    [InlineData(new byte[] { 0, 0, 4, 0, 2, 0, 2, 0, 1, 0 }, WireError.RpcFormat, MapiErrorCode.RpcFormat)]
    [InlineData(new byte[] { 0, 0, 4, 0, 2, 0, 2, 0, 3, 0 }, WireError.RpcFormat, MapiErrorCode.RpcFormat)]
    [InlineData(new byte[] { 0, 0, 4, 0, 5, 0, 5, 0, 2, 0, 1, 2, 3 }, WireError.RpcFormat, MapiErrorCode.RpcFormat)]
    public void TryRead_SizesThatDoNotFit_ReportsTheErrorAndItsAnswer(byte[] bytes, WireError expected, MapiErrorCode answer)
    {
        RopBuffer.TryRead(bytes, out RopBuffer? value, out WireError error).Should().BeFalse();

        value.Should().BeNull();
        error.Should().Be(expected);
        error.ToErrorCode().Should().Be(answer);
    }

    [Fact]
    public void TryRead_CutOrChangedAnywhere_IsAnErrorOrAValue()
    {
        foreach (ExtendedBufferFlags flags in new[] { ExtendedBufferFlags.Last, ExtendedBufferFlags.Compressed | ExtendedBufferFlags.XorMagic })
        {
            byte[] good = (Sample with { Rops = new byte[100] }).ToArray(flags);
            Mutations.Cuts(good).Should().AllSatisfy(cut => RopBuffer.TryRead(cut, out _, out _).Should().BeFalse());
            foreach (byte[] bad in Mutations.Of(good))
            {
                bool read = RopBuffer.TryRead(bad, out RopBuffer? value, out WireError error);
                bool chain = RopBuffer.TryReadChain(bad, out IReadOnlyList<RopBuffer> values, out _);
                (read == (error == WireError.None) && chain == (values.Count > 0)).Should().BeTrue();
                (!read || value!.Rops.Length + (4 * value.Handles.Count) <= ExtendedBuffer.MaxPayloadSize).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void Write_MoreThanAPayloadMayHave_Throws()
    {
        new RopBuffer { Rops = new byte[0x8000 - 2] }.ToArray().Should().HaveCount(0x8008);
        FluentActions.Invoking(() => new RopBuffer { Rops = new byte[0x8000 - 1] }.ToArray()).Should().Throw<InvalidOperationException>();
    }

    private static void ShouldBeSample(RopBuffer read)
    {
        read.Rops.ToArray().Should().Equal(Sample.Rops.ToArray());
        read.Handles.Should().Equal(Sample.Handles);
    }
}
