using System.Buffers;
using System.Globalization;
using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class MapiHttpFramingTests
{
    private static readonly DateTimeOffset StartTime = new(2026, 11, 22, 12, 15, 30, 500, TimeSpan.FromHours(2));

    [Fact]
    public void WriteDone_SessionCutDuringAWait_IsWrittenAsTheVector()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(MapiHttpFraming.Processing);
        output.Write(MapiHttpFraming.Pending);
        output.Write(MapiHttpFraming.Pending);
        MapiHttpFraming.WriteDone(output, MapiHttpResponseCode.ContextNotFound, TimeSpan.FromMilliseconds(41230.9), StartTime);

        output.WrittenSpan.ToArray().Should().Equal(WireVectors.All["inner_terminated_wait"].Bytes);
    }

    [Fact]
    public void WriteDone_RefusedConnect_IsWrittenAsTheVector()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(MapiHttpFraming.Processing);
        MapiHttpFraming.WriteDone(output, MapiHttpResponseCode.Success, TimeSpan.FromMilliseconds(12), StartTime);
        ConnectResponse.Refused(MapiErrorCode.ClientVersionDisallowed).Write(output);

        output.WrittenSpan.ToArray().Should().Equal(WireVectors.All["inner_connect_refused"].Bytes);
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void WriteDone_AnyCulture_WritesTheSame(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            WriteDone_SessionCutDuringAWait_IsWrittenAsTheVector();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void WriteDone_ClockThatWentBackwards_WritesZero()
    {
        var output = new ArrayBufferWriter<byte>();
        MapiHttpFraming.WriteDone(output, MapiHttpResponseCode.Success, TimeSpan.FromSeconds(-1), StartTime);

        MapiHttpInnerResponse.TryRead(output.WrittenMemory, out MapiHttpInnerResponse? response).Should().BeTrue();

        response!.ElapsedTime.Should().Be(TimeSpan.Zero);
    }
}
