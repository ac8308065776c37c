namespace MapiGate.Protocol.Tests.Wire;

public class WireErrorTests
{
    [Theory]
    [InlineData(WireError.None, 0u)]
    [InlineData(WireError.AuxTooShort, 0x80040115u)]
    [InlineData(WireError.AuxTooLarge, 0x6F7u)]
    [InlineData(WireError.BadStubData, 0x6F7u)]
    [InlineData(WireError.ExtHeaderTruncated, 0x80040115u)]
    [InlineData(WireError.RpcFormat, 0x4B6u)]
    [InlineData(WireError.DecompressFailed, 0x4B6u)]
    public void ToErrorCode_Fault_IsTheAnswerOfTheSpecification(WireError error, uint code) =>
        ((uint)error.ToErrorCode()).Should().Be(code);
}
