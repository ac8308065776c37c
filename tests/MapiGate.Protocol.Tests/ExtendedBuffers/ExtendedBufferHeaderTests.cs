namespace MapiGate.Protocol.Tests.ExtendedBuffers;

public class ExtendedBufferHeaderTests
{
    [Fact]
    public void TryRead_TruncatedHeader_ReportsExtHeaderTruncated()
    {
        for (int length = 0; length < ExtendedBufferHeader.Length; length++)
        {
            Error(new byte[length]).Should().Be(WireError.ExtHeaderTruncated);
        }
    }

    // Each input has the fault named and every later one, so the order of the checks shows.
    [Theory]
    [InlineData("0100 0100 FFFF 0190", WireError.ExtVersion)]
    [InlineData("0001 0100 FFFF 0190", WireError.ExtVersion)]
    [InlineData("0000 0000 FFFF 0190", WireError.ExtSizeOverrun)]
    [InlineData("0000 0000 0100 0080", WireError.ExtSizeOverrun)]
    [InlineData("0000 0000 0000 0180", WireError.ExtSizeActualTooLarge)]
    [InlineData("0000 0100 0000 0000", WireError.CompressedNotSmaller)]
    [InlineData("0000 0000 0000 0080", WireError.ExtSizeMismatch)]
    [InlineData("0000 0100 0000 0080", WireError.None)]
    [InlineData("0000 FEFF 0000 0000", WireError.None)]
    public void TryRead_FaultyHeader_ReportsTheFirstFault(string hex, WireError error) =>
        Error(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).Should().Be(error);

    private static WireError Error(byte[] bytes)
    {
        ExtendedBufferHeader.TryRead(bytes, out _, out WireError error).Should().Be(error == WireError.None);
        return error;
    }
}
