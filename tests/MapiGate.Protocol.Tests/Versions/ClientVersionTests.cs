using System.Buffers.Binary;
using System.Globalization;
using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.Versions;

public class ClientVersionTests
{
    public static TheoryData<string> Vectors => WireVectors.Names("version");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void FromWords_Vector_YieldsTheVersion(string name)
    {
        WireVector vector = WireVectors.All[name];

        Read(vector.Bytes).Should().Be(Version.Parse(vector.Text("clientVersion")!));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("8.1.215.0")]
    [InlineData("16.0.15928.20006")]
    [InlineData("255.255.32767.65535")]
    [InlineData("256.0.32767.65535")]
    [InlineData("65535.0.0.0")]
    public void TryToWords_VersionThatFits_ReadsBackTheSame(string text)
    {
        var version = Version.Parse(text);

        ClientVersion.TryToWords(version, out (ushort W0, ushort W1, ushort W2) w).Should().BeTrue();

        ClientVersion.FromWords(w.W0, w.W1, w.W2).Should().Be(version);
    }

    [Theory]
    [InlineData("16.256.1.1")]
    [InlineData("256.1.1.1")]
    [InlineData("65536.0.1.1")]
    [InlineData("16.0.32768.1")]
    [InlineData("16.0.1.65536")]
    public void TryToWords_VersionThatDoesNotFit_Fails(string text) =>
        ClientVersion.TryToWords(Version.Parse(text), out _).Should().BeFalse();

    [Fact]
    public void TryToWords_ShortVersion_HasZerosForWhatIsAbsent()
    {
        ClientVersion.TryToWords(new Version(16, 0), out (ushort W0, ushort W1, ushort W2) w).Should().BeTrue();

        w.Should().Be(((ushort)0x1000, (ushort)0x8000, (ushort)0));
    }

    [Theory]
    [InlineData("Outlook/16.0.15928.20006", "16.0.15928.20006")]
    [InlineData("  Outlook/15.00.4815.1002 ", "15.0.4815.1002")]
    [InlineData("Some Tool/0.0.0.0", "0.0.0.0")]
    [InlineData("x/65535.65535.65535.65535", "65535.65535.65535.65535")]
    public void TryParseApplication_NameAndFourNumbers_YieldsTheVersion(string header, string version)
    {
        ClientVersion.TryParseApplication(header, out Version? read).Should().BeTrue();

        read.Should().Be(Version.Parse(version));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Outlook")]
    [InlineData("Outlook/")]
    [InlineData("/16.0.1.2")]
    [InlineData("16.0.1.2")]
    [InlineData("Outlook/16.0.1")]
    [InlineData("Outlook/16.0.1.2.3")]
    [InlineData("Outlook/16.0.1.")]
    [InlineData("Outlook/.0.1.2")]
    [InlineData("Outlook/16..1.2")]
    [InlineData("Outlook/16.0.1.65536")]
    [InlineData("Outlook/16.0.1.99999999999999999999")]
    [InlineData("Outlook/16.0.1.000002")]
    [InlineData("Outlook/16.0.1.-2")]
    [InlineData("Outlook/16.0.1.+2")]
    [InlineData("Outlook/16.0.1. 2")]
    [InlineData("Outlook/16.0.1.2\0")]
    [InlineData("Outlook/16.0.1.٢")]
    [InlineData("Outlook/16.0.1.2 (x64)")]
    [InlineData("Outlook/x/16.0.1.2")]
    public void TryParseApplication_AnythingElse_Fails(string? header)
    {
        ClientVersion.TryParseApplication(header, out Version? read).Should().BeFalse();

        read.Should().BeNull();
    }

    [Fact]
    public void TryParseApplication_Overlong_Fails()
    {
        const string version = "/16.0.1.2";
        ClientVersion.TryParseApplication(new string('x', 256 - version.Length) + version, out _).Should().BeTrue();
        ClientVersion.TryParseApplication(new string('x', 257 - version.Length) + version, out _).Should().BeFalse();
    }

    [Fact]
    public void FormatApplication_AnyCulture_ReadsBackTheSame()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            ClientVersion.FormatApplication("Outlook", new Version(16, 0, 15928, 20006)).Should().Be("Outlook/16.0.15928.20006");
            ClientVersion.FormatApplication("Outlook", new Version(16, 1)).Should().Be("Outlook/16.1.0.0");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Version Read(byte[] words) => ClientVersion.FromWords(
        BinaryPrimitives.ReadUInt16LittleEndian(words),
        BinaryPrimitives.ReadUInt16LittleEndian(words.AsSpan(2)),
        BinaryPrimitives.ReadUInt16LittleEndian(words.AsSpan(4)));
}
