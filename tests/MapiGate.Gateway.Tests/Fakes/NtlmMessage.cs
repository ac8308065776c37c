using System.Buffers.Binary;
using System.Text;

namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>The three messages of NTLM (MS-NLMP 2.2.1) as far as a handshake shows who speaks: no proof of a password.</summary>
internal static class NtlmMessage
{
    private const uint Unicode = 0x00000001;
    private static readonly byte[] Signature = "NTLMSSP\0"u8.ToArray();

    public static string Negotiate()
    {
        var message = Begin(1, 32);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(12), Unicode);
        return Convert.ToBase64String(message);
    }

    public static string Challenge(ulong challenge)
    {
        var message = Begin(2, 48);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), Unicode);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(24), challenge);
        return Convert.ToBase64String(message);
    }

    /// <summary>Answers a challenge: its eight bytes stand where a proof of the password would.</summary>
    public static string Authenticate(string challenge, string user)
    {
        var name = Encoding.Unicode.GetBytes(user);
        var message = Begin(3, 72 + name.Length);
        WriteField(message, 20, 8, 64);
        WriteField(message, 36, name.Length, 72);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(60), Unicode);
        Convert.FromBase64String(challenge).AsSpan(24, 8).CopyTo(message.AsSpan(64));
        name.CopyTo(message.AsSpan(72));
        return Convert.ToBase64String(message);
    }

    public static int TypeOf(string message) => BinaryPrimitives.ReadInt32LittleEndian(Convert.FromBase64String(message).AsSpan(8));

    /// <summary>Who answers, if it is this challenge that is answered.</summary>
    public static string? UserOf(string message, ulong challenge)
    {
        var bytes = Convert.FromBase64String(message);
        var (length, offset) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(36)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(40)));
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(64)) == challenge ? Encoding.Unicode.GetString(bytes, offset, length) : null;
    }

    private static byte[] Begin(int type, int length)
    {
        var message = new byte[length];
        Signature.CopyTo(message, 0);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), type);
        return message;
    }

    private static void WriteField(byte[] message, int at, int length, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at), (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at + 2), (ushort)length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(at + 4), offset);
    }
}
