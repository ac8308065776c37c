using System.Net;

namespace MapiGate.Protocol.Tests.Vectors;

/// <summary>What aux, Connect and EcDoConnectEx vectors have in common: who the client says it is.</summary>
internal static class IdentityAssertions
{
    public static void ShouldBeAsIn(this AuxiliaryInfo info, WireVector vector)
    {
        info.ProcessName.Should().Be(vector.Text("processName"));
        info.ProcessImage.Should().Be(vector.Text("processImage"));
        info.ProcessNames.Should().Equal(vector.Texts("processNames"));
        info.MachineName.Should().Be(vector.Text("machineName"));
        info.UserName.Should().Be(vector.Text("userName"));
        info.AdapterName.Should().Be(vector.Text("adapterName"));
        info.ClientAddress.Should().Be(vector.Text("clientIp") is { } ip ? IPAddress.Parse(ip) : null);
        info.MacAddress.Should().Be(vector.Text("macAddress"));
        ((int?)info.ClientMode).Should().Be(
            vector.Json.GetProperty("expect").GetProperty("clientMode") is { ValueKind: System.Text.Json.JsonValueKind.Number } mode
                ? mode.GetInt32()
                : null);
        info.Blocks.Select(b => b.ToString()).Should().Equal(vector.Texts("blocks"));
    }
}
