using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.Rops;

public class RopLogonResponseTests
{
    private static readonly RopLogonResponse Mailbox = new()
    {
        OutputHandleIndex = 2,
        FolderIds = [.. Enumerable.Range(1, 13).Select(i => (ulong)i << 56 | 5)],
        ResponseFlags = 7,
        MailboxGuid = Guid.Parse("01020304-0506-0708-090a-0b0c0d0e0f10"),
        ReplId = 5,
        ReplGuid = Guid.Parse("11121314-1516-1718-191a-1b1c1d1e1f20"),
        LogonTime = new DateTimeOffset(2026, 11, 22, 10, 15, 30, TimeSpan.Zero),
        GwartTime = 0x0102030405060708,
    };

    [Fact]
    public void Write_Mailbox_ReadsBackTheSameIn166Bytes()
    {
        byte[] bytes = Mailbox.ToArray();

        bytes.Should().HaveCount(166);
        RopLogonResponse.TryRead([.. bytes, 1], out RopLogonResponse? read, out int length, out WireError error).Should().BeTrue();
        read.Should().BeEquivalentTo(Mailbox);
        length.Should().Be(166);
        error.Should().Be(WireError.None);
    }

    [Fact]
    public void Write_LogonTime_HasTheDayOfTheWeek() =>
        (Mailbox with { LogonTime = new DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.FromHours(2)) }).ToArray()[146..154]
            .Should().Equal(3, 2, 23, 1, 23, 11, 0xEA, 0x07);

    [Fact]
    public void Write_NoLogonTime_IsZeros()
    {
        RopLogonResponse sent = Mailbox with { LogonTime = null };

        byte[] bytes = sent.ToArray();

        bytes[146..154].Should().Equal(new byte[8]);
        RopLogonResponse.TryRead(bytes, out RopLogonResponse? read).Should().BeTrue();
        read.Should().BeEquivalentTo(sent);
    }

    [Theory]
    [InlineData(60, 0, 0, 1, 1)]
    [InlineData(0, 60, 0, 1, 1)]
    [InlineData(0, 0, 24, 1, 1)]
    [InlineData(0, 0, 0, 0, 1)]
    [InlineData(0, 0, 0, 30, 2)]
    [InlineData(0, 0, 0, 1, 0)]
    [InlineData(0, 0, 0, 1, 13)]
    public void TryRead_TimeThatIsNone_IsLeftOut(byte second, byte minute, byte hour, byte day, byte month)
    {
        byte[] bytes = Mailbox.ToArray();
        (bytes[146], bytes[147], bytes[148], bytes[150], bytes[151]) = (second, minute, hour, day, month);

        RopLogonResponse.TryRead(bytes, out RopLogonResponse? read).Should().BeTrue();

        read!.LogonTime.Should().BeNull();
        (read with { LogonTime = Mailbox.LogonTime }).Should().BeEquivalentTo(Mailbox);
    }

    [Fact]
    public void Refused_Code_IsSixBytes()
    {
        byte[] bytes = RopLogonResponse.Refused(4, MapiErrorCode.AccessDenied).ToArray();

        bytes.Should().Equal(0xFE, 4, 5, 0, 7, 0x80);
        RopLogonResponse.TryRead(bytes, out RopLogonResponse? read).Should().BeTrue();
        read.Should().BeEquivalentTo(new { OutputHandleIndex = 4, ReturnValue = MapiErrorCode.AccessDenied });
    }

    [Fact]
    public void Write_WrongServer_NamesTheRightOne()
    {
        RopLogonResponse sent = RopLogonResponse.Refused(0, MapiErrorCode.WrongServer) with { ServerName = "mbx2" };

        byte[] bytes = sent.ToArray();

        bytes.Should().Equal(0xFE, 0, 0x78, 4, 0, 0, 1, 5, (byte)'m', (byte)'b', (byte)'x', (byte)'2', 0);
        RopLogonResponse.TryRead(bytes, out RopLogonResponse? read).Should().BeTrue();
        read.Should().BeEquivalentTo(sent);
    }

    [Fact]
    public void Write_ServerNameTooLong_IsCut()
    {
        byte[] bytes = (RopLogonResponse.Refused(0, MapiErrorCode.WrongServer) with { ServerName = new string('x', 300) }).ToArray();

        RopLogonResponse.TryRead(bytes, out RopLogonResponse? read, out int length, out _).Should().BeTrue();
        read!.ServerName.Should().HaveLength(254);
        length.Should().Be(bytes.Length);
    }

    [Fact]
    public void TryRead_PublicFolderLogon_IsNotRead() =>
        RopLogonResponse.TryRead((Mailbox with { LogonFlags = 0 }).ToArray(), out _).Should().BeFalse();

    [Fact]
    public void TryRead_CutAnywhere_Fails()
    {
        foreach (RopLogonResponse whole in new[] { Mailbox, RopLogonResponse.Refused(0, MapiErrorCode.WrongServer) })
        {
            foreach (byte[] cut in Mutations.Cuts(whole.ToArray()))
            {
                RopLogonResponse.TryRead(cut, out RopLogonResponse? read, out int length, out WireError error).Should().BeFalse();
                (read is null && length == 0 && error == WireError.RpcFormat).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void TryRead_ChangedAnywhere_NeverThrows()
    {
        foreach (byte[] bad in Mutations.Of(Mailbox.ToArray()))
        {
            RopLogonResponse.TryRead(bad, out RopLogonResponse? read, out int length, out _);
            (length <= bad.Length && (read is null) == (length == 0)).Should().BeTrue();
        }
    }
}
