using System.Net;
using MapiGate.Protocol;

namespace MapiGate.Benchmarks;

/// <summary>An auxiliary buffer as Outlook fills it, packed in one of the ways there are, and its floor: copying its bytes.</summary>
internal sealed class AuxiliaryLoad(ExtendedBufferFlags packing)
{
    private readonly byte[] _buffer = AuxiliaryWriter.Write(Client, packing | ExtendedBufferFlags.Last);
    private readonly byte[] _copy = new byte[ExtendedBuffer.MaxAuxiliarySize];

    private static AuxiliaryInfo Client => new()
    {
        ProcessNames = ["OUTLOOK.EXE"],
        MachineName = "DESKTOP-0042",
        UserName = "contoso\\alice.example",
        AdapterName = "Intel(R) Ethernet Connection (7) I219-LM",
        ClientAddress = IPAddress.Parse("192.0.2.42"),
        MacAddress = "00-15-5d-0a-0b-0c",
        ClientMode = MapiClientMode.Cached,
        AccountId = new Guid("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
        ConnectionFlags = 1,
    };

    public int Size => _buffer.Length;

    public AuxiliaryInfo Read() => AuxiliaryInfo.Read(_buffer);

    public void Copy() => _buffer.AsSpan().CopyTo(_copy);
}
