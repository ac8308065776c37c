using System.Security.Cryptography;
using System.Text;

namespace MapiGate.AspNetCore;

/// <summary>The hash of a context cookie's value: who sees it can't show the cookie.</summary>
internal readonly record struct ContextHash(ulong High, ulong Low)
{
    public static ContextHash Of(string cookie)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(cookie), hash);
        return new ContextHash(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }

    public static ContextHash Read(BinaryReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());

    public void Write(BinaryWriter writer)
    {
        writer.Write(High);
        writer.Write(Low);
    }
}
