using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.Auxiliary;

public class ServerAuxiliaryTests
{
    [Fact]
    public void ToArray_BlocksOfAConnectResponse_AreAsInTheVector()
    {
        ConnectResponse.TryRead(WireVectors.All["connect_response_ok"].Bytes, out ConnectResponse? response).Should().BeTrue();
        var server = new ServerAuxiliary
        {
            OrganizationFlags = 2,
            ClientControlFlags = 0x0C,
            ClientControlExpiry = TimeSpan.FromDays(7),
            EndpointCapabilities = 1,
        };

        server.ToArray().Should().Equal(response!.AuxiliaryBuffer.ToArray());
    }

    [Fact]
    public void ToArray_ServerCapabilities_AreABlockOfTheirOwn() =>
        new ServerAuxiliary { ServerCapabilities = 9 }.ToArray()
            .Should().Equal(0, 0, 4, 0, 8, 0, 8, 0, 8, 0, 1, 0x46, 9, 0, 0, 0);

    [Fact]
    public void ToArray_NothingToSay_IsEmpty() => new ServerAuxiliary().ToArray().Should().BeEmpty();

    [Fact]
    public void ToArray_ExpiryOutOfRange_IsClamped() =>
        new ServerAuxiliary { ClientControlFlags = 0, ClientControlExpiry = TimeSpan.MaxValue }.ToArray()[^4..]
            .Should().Equal(0xFF, 0xFF, 0xFF, 0xFF);
}
