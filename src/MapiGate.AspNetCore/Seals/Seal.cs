using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MapiGate.AspNetCore;

/// <summary>What a gate tells itself, or another of the same keys, of a client that it let in.</summary>
/// <param name="Client">What the client said at logon, and its account where that was known.</param>
/// <param name="Context">The hash of the cookie that names its context.</param>
/// <param name="IssuedAt">When it was sealed.</param>
/// <param name="Expiration">The server's own idle expiry.</param>
internal sealed record Seal(MapiClient Client, ContextHash Context, DateTimeOffset IssuedAt, TimeSpan Expiration)
{
    private const byte Version = 1;
    private const int MostNames = 64;

    /// <summary>
    /// When it runs out: twice the server's expiry after it was made. It is renewed at half of that, so that a client always
    /// leaves with one that lives as long as its context.
    /// </summary>
    public DateTimeOffset Until => IssuedAt + (2 * Expiration);

    public DateTimeOffset RenewedAt => IssuedAt + Expiration;

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        Context.Write(writer);
        writer.Write(IssuedAt.UtcTicks);
        writer.Write(Expiration.Ticks);
        writer.Write7BitEncodedInt(Math.Min(MostNames, Client.ProcessNames.Count));
        foreach (var name in Client.ProcessNames.Take(MostNames))
        {
            writer.Write(name);
        }

        foreach (var text in (string?[])[Client.Version?.ToString(), Client.UserDn, Client.UserName, Client.MachineName])
        {
            writer.Write(text is not null);
            writer.Write(text ?? string.Empty);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToArray"/> wrote. Bytes that come here were written by a gate: another version's are all that can be odd.</summary>
    public static bool TryRead(byte[] bytes, [NotNullWhen(true)] out Seal? seal)
    {
        seal = null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (reader.ReadByte() != Version)
            {
                return false;
            }

            var context = ContextHash.Read(reader);
            var issuedAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
            var expiration = new TimeSpan(reader.ReadInt64());
            var names = new string[Math.Clamp(reader.Read7BitEncodedInt(), 0, MostNames)];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = reader.ReadString();
            }

            var (version, userDn, userName, machineName) = (ReadText(reader), ReadText(reader), ReadText(reader), ReadText(reader));
            var client = new MapiClient
            {
                ProcessNames = names,
                Version = version is null ? null : System.Version.Parse(version),
                UserDn = userDn,
                UserName = userName,
                MachineName = machineName,
            };
            seal = new Seal(client, context, issuedAt, expiration);
            return true;
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException or OverflowException)
        {
            return false;
        }
    }

    private static string? ReadText(BinaryReader reader)
    {
        var isThere = reader.ReadBoolean();
        var text = reader.ReadString();
        return isThere ? text : null;
    }
}
