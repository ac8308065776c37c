namespace MapiGate.Protocol.Tests.Vectors;

public class WireVectorsTests
{
    private static readonly string[] TestedKinds =
    [
        "aux", "lz77", "mapihttp-connect", "mapihttp-connect-response", "mapihttp-execute", "mapihttp-execute-response",
        "mapihttp-notificationwait", "mapihttp-notificationwait-response", "mapihttp-disconnect", "mapihttp-disconnect-response",
        "http-inner-stream", "http-chunked", "ndr-ecdoconnectex", "version",
    ];

    [Fact]
    public void All_Kinds_AreThoseThatTheTestsBesideThisOneRead() =>
        WireVectors.All.Values.Select(v => v.Kind).Distinct().Should().BeEquivalentTo(TestedKinds);
}
