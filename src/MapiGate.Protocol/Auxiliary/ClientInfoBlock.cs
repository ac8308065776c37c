using System.Buffers.Binary;
using System.Net;

namespace MapiGate.Protocol;

/// <summary>The machine, user, adapter and mode of the client: AUX_PERF_CLIENTINFO.</summary>
/// <remarks>
/// MS-OXCRPC 2.2.2.2.4. Offsets count from AUX_HEADER, 0 means absent:
/// <code>
///  4  AdapterSpeed        4  kbit/s
///  8  ClientID            2
/// 10  MachineNameOffset   2
/// 12  UserNameOffset      2
/// 14  ClientIPSize        2
/// 16  ClientIPOffset      2
/// 18  ClientIPMaskSize    2
/// 20  ClientIPMaskOffset  2
/// 22  AdapterNameOffset   2
/// 24  MacAddressSize      2
/// 26  MacAddressOffset    2
/// 28  ClientMode          2  0 unknown, 1 online, 2 cached
/// 30  Reserved            2
/// 32  names (UTF-16LE, NUL), addresses and mask (raw), in any order
/// </code>
/// </remarks>
internal static class ClientInfoBlock
{
    public const int FixedLength = 32;
    private const int MaxMacAddressLength = 32;

    public static void Read(ReadOnlySpan<byte> block, AuxiliaryInfoBuilder builder)
    {
        if (block.Length < FixedLength)
        {
            builder.Warnings |= AuxiliaryWarnings.BlockTooShort;
            return;
        }

        builder.MachineName ??= BlockString.ReadOptional(
            block, UInt16At(block, 10), FixedLength, AuxiliaryWarnings.MachineNameOffsetOutOfRange, builder);
        builder.UserName ??= BlockString.ReadOptional(
            block, UInt16At(block, 12), FixedLength, AuxiliaryWarnings.UserNameOffsetOutOfRange, builder);
        builder.AdapterName ??= BlockString.ReadOptional(
            block, UInt16At(block, 22), FixedLength, AuxiliaryWarnings.AdapterNameOffsetOutOfRange, builder);
        builder.ClientAddress ??= ReadClientAddress(block, builder);
        builder.MacAddress ??= ReadMacAddress(block, builder);
        builder.ClientMode ??= UInt16At(block, 28) switch
        {
            1 => MapiClientMode.Online,
            2 => MapiClientMode.Cached,
            _ => MapiClientMode.Unknown,
        };
    }

    private static IPAddress? ReadClientAddress(ReadOnlySpan<byte> block, AuxiliaryInfoBuilder builder)
    {
        ReadOnlySpan<byte> bytes = Raw(block, 14, AuxiliaryWarnings.ClientIpOffsetOutOfRange, builder);
        switch (bytes.Length)
        {
            case 0:
                return null;
            case 4 or 16:
                return new IPAddress(bytes);
            default:
                builder.Warnings |= AuxiliaryWarnings.ClientIpSizeUnknown;
                return null;
        }
    }

    private static string? ReadMacAddress(ReadOnlySpan<byte> block, AuxiliaryInfoBuilder builder)
    {
        ReadOnlySpan<byte> bytes = Raw(block, 24, AuxiliaryWarnings.MacAddressOffsetOutOfRange, builder);
        switch (bytes.Length)
        {
            case 0:
                return null;
            case <= MaxMacAddressLength:
                return MacAddressText.Format(bytes);
            default:
                builder.Warnings |= AuxiliaryWarnings.MacAddressSizeUnknown;
                return null;
        }
    }

    /// <summary>The bytes that a size at <paramref name="sizeAt"/> and an offset right behind it point out; none if absent.</summary>
    private static ReadOnlySpan<byte> Raw(
        ReadOnlySpan<byte> block, int sizeAt, AuxiliaryWarnings outOfRange, AuxiliaryInfoBuilder builder)
    {
        int size = UInt16At(block, sizeAt);
        int offset = UInt16At(block, sizeAt + 2);
        if (size == 0 || offset == 0)
        {
            return default;
        }

        if (offset < FixedLength || offset + size > block.Length)
        {
            builder.Warnings |= outOfRange;
            return default;
        }

        return block.Slice(offset, size);
    }

    private static ushort UInt16At(ReadOnlySpan<byte> block, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(block[offset..]);
}
