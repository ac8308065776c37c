using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>Writes AUX_PERF_CLIENTINFO; see <see cref="ClientInfoBlock"/> for its layout.</summary>
internal static class ClientInfoBlockWriter
{
    public static bool HasContent(AuxiliaryInfo info) =>
        info.MachineName is not null || info.UserName is not null || info.AdapterName is not null
        || info.ClientAddress is not null || info.MacAddress is not null || info.ClientMode is not null;

    public static void Write(IBufferWriter<byte> output, AuxiliaryInfo info)
    {
        byte[] machine = Text(info.MachineName);
        byte[] user = Text(info.UserName);
        byte[] adapter = Text(info.AdapterName);
        byte[] address = info.ClientAddress?.GetAddressBytes() ?? [];
        byte[] mac = info.MacAddress is { } text ? MacAddressText.Parse(text) : [];

        int machineAt = ClientInfoBlock.FixedLength;
        int userAt = machineAt + machine.Length;
        int adapterAt = userAt + user.Length;
        int addressAt = adapterAt + adapter.Length;
        int macAt = addressAt + address.Length;

        output.WriteBlockHeader(AuxiliaryBlockId.ClientInfo, macAt + mac.Length);
        output.WriteUInt32(0);
        output.WriteUInt16(1);
        WriteOffset(output, machine, machineAt);
        WriteOffset(output, user, userAt);
        output.WriteUInt16((ushort)address.Length);
        WriteOffset(output, address, addressAt);
        output.WriteZeros(2 + 2);
        WriteOffset(output, adapter, adapterAt);
        output.WriteUInt16((ushort)mac.Length);
        WriteOffset(output, mac, macAt);
        output.WriteUInt16((ushort)(info.ClientMode ?? MapiClientMode.Unknown));
        output.WriteUInt16(0);
        output.Write(machine);
        output.Write(user);
        output.Write(adapter);
        output.Write(address);
        output.Write(mac);
    }

    /// <summary>With its NUL; nothing at all for null, so that "" and absent stay apart.</summary>
    private static byte[] Text(string? value) => value is null ? [] : WireWriter.ToArray(output => output.WriteUtf16(value));

    private static void WriteOffset(IBufferWriter<byte> output, byte[] value, int offset) =>
        output.WriteUInt16((ushort)(value.Length == 0 ? 0 : offset));
}
