using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.Rops;

public class RopReaderTests
{
    private static readonly RopLogonRequest Logon = new() { LogonId = 3, OutputHandleIndex = 1, Essdn = "/o=x/cn=jané" };
    private static readonly RopRelease Release = new() { LogonId = 3, InputHandleIndex = 7 };

    [Fact]
    public void TryReadNext_KnownRops_YieldsThemInOrder()
    {
        (List<RopRequest> rops, WireError error) = Walk([.. Logon.ToArray(), .. Release.ToArray(), .. Logon.ToArray()]);

        error.Should().Be(WireError.None);
        rops.Should().Equal(Logon, Release, Logon);
    }

    [Fact]
    public void TryReadNext_UnknownRop_StopsWithRpcFormatAndStaysThere()
    {
        byte[] bytes = [.. Release.ToArray(), 0x02, .. Release.ToArray()];
        var reader = new RopReader(bytes);

        reader.TryReadNext(out RopRequest? rop).Should().BeTrue();
        rop.Should().Be(Release);
        reader.TryReadNext(out rop).Should().BeFalse();
        rop.Should().BeNull();
        reader.Error.Should().Be(WireError.RpcFormat);
        reader.TryReadNext(out _).Should().BeFalse();
    }

    [Fact]
    public void TryReadNext_NoRops_EndsWithoutError() => Walk([]).Error.Should().Be(WireError.None);

    [Fact]
    public void TryReadNext_CutAnywhere_StopsWithRpcFormat()
    {
        foreach (byte[] cut in Mutations.Cuts(Logon.ToArray()).Skip(1))
        {
            Walk(cut).Should().BeEquivalentTo((Array.Empty<RopRequest>(), WireError.RpcFormat));
        }
    }

    [Fact]
    public void TryReadNext_ChangedAnywhere_StaysWithinTheBytesGiven()
    {
        byte[] good = [.. Logon.ToArray(), .. Release.ToArray()];
        foreach (byte[] bad in Mutations.Of(good))
        {
            Walk(bad).Rops.Sum(r => r.ToArray().Length).Should().BeLessThanOrEqualTo(bad.Length + 1);
        }
    }

    [Fact]
    public void Write_LogonWithoutDn_HasSizeZero()
    {
        var logon = new RopLogonRequest();

        logon.ToArray()[^2..].Should().Equal(0, 0);
        Walk(logon.ToArray()).Rops.Should().Equal(logon);
    }

    private static (List<RopRequest> Rops, WireError Error) Walk(byte[] bytes)
    {
        var rops = new List<RopRequest>();
        var reader = new RopReader(bytes);
        while (reader.TryReadNext(out RopRequest? rop))
        {
            rops.Add(rop);
        }

        return (rops, reader.Error);
    }
}
