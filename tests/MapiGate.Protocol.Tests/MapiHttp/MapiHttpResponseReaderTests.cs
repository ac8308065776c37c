using System.Text;
using MapiGate.Protocol.Tests.Vectors;

namespace MapiGate.Protocol.Tests.MapiHttp;

public class MapiHttpResponseReaderTests
{
    public static TheoryData<string> Streams => WireVectors.Names("http-inner-stream");

    public static TheoryData<string> Chunked => WireVectors.Names("http-chunked");

    [Theory]
    [MemberData(nameof(Streams))]
    public void Read_CutAtEveryBoundary_FindsTheSame(string name)
    {
        byte[] stream = WireVectors.All[name].Bytes;
        MapiHttpInnerResponse.TryRead(stream, out MapiHttpInnerResponse? whole).Should().BeTrue();

        for (int cut = 0; cut <= stream.Length; cut++)
        {
            ShouldFind(whole!, Feed(stream[..cut], stream[cut..]));
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Read_OneByteAtATime_FindsTheSame(string name)
    {
        byte[] stream = WireVectors.All[name].Bytes;
        MapiHttpInnerResponse.TryRead(stream, out MapiHttpInnerResponse? whole).Should().BeTrue();

        ShouldFind(whole!, Feed([.. stream.Select(b => new[] { b })]));
    }

    [Theory]
    [MemberData(nameof(Chunked))]
    public void Read_ChunksOfTheVector_FindsTheSameAsInItsInnerStream(string name)
    {
        WireVector vector = WireVectors.All[name];
        byte[] inner = Convert.FromHexString(vector.Text("innerHex")!);
        byte[][] chunks = [.. Dechunker.Chunks(vector.Bytes)];
        chunks.SelectMany(c => c).Should().Equal(inner);
        MapiHttpInnerResponse.TryRead(inner, out MapiHttpInnerResponse? whole).Should().BeTrue();

        ShouldFind(whole!, Feed(chunks));
    }

    [Fact]
    public void Read_TagByTag_TellsEachWhenItIsThere()
    {
        var reader = new MapiHttpResponseReader();

        Next(reader, "PROCESSING\r").Should().Be(MapiHttpResponseEvent.NeedMoreData);
        Next(reader, "\n").Should().Be(MapiHttpResponseEvent.Processing);
        Next(reader, "PENDING\r\n").Should().Be(MapiHttpResponseEvent.Pending);
        Next(reader, "DONE\r\n").Should().Be(MapiHttpResponseEvent.NeedMoreData);
        reader.TryComplete(out _).Should().BeFalse();
        Next(reader, "X-ResponseCode: 10\r\n\r\n").Should().Be(MapiHttpResponseEvent.Done);
        reader.BodyLength.Should().Be(0);
        Next(reader, "DONE\r\n").Should().Be(MapiHttpResponseEvent.NeedMoreData);
        reader.BodyLength.Should().Be(6);
        reader.TryComplete(out MapiHttpInnerResponse? response).Should().BeTrue();
        response!.Body.ToArray().Should().Equal("DONE\r\n"u8.ToArray());
    }

    [Fact]
    public void Read_AfterAMalformedLine_StaysMalformed()
    {
        var reader = new MapiHttpResponseReader();

        Next(reader, "HTTP/1.1 200 OK\r\n").Should().Be(MapiHttpResponseEvent.Malformed);
        Next(reader, "PROCESSING\r\n").Should().Be(MapiHttpResponseEvent.Malformed);
        reader.TryComplete(out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(1024, MapiHttpResponseEvent.NeedMoreData)]
    [InlineData(1025, MapiHttpResponseEvent.Malformed)]
    public void Read_LineWithoutEnd_IsGivenUp(int length, MapiHttpResponseEvent found) =>
        Next(new MapiHttpResponseReader(), new string('x', length)).Should().Be(found);

    [Fact]
    public void Read_LineWithoutEndInPieces_IsGivenUpJustTheSame()
    {
        var reader = new MapiHttpResponseReader();

        Next(reader, new string('x', 1000)).Should().Be(MapiHttpResponseEvent.NeedMoreData);
        Next(reader, new string('x', 25)).Should().Be(MapiHttpResponseEvent.Malformed);
    }

    [Fact]
    public void Read_TagsWithoutEnd_AreGivenUp()
    {
        var reader = new MapiHttpResponseReader();
        int pending = 0;
        while (Next(reader, "PENDING\r\n") == MapiHttpResponseEvent.Pending)
        {
            (++pending).Should().BeLessThan(10000);
        }

        Next(reader, "DONE\r\n").Should().Be(MapiHttpResponseEvent.Malformed);
    }

    [Theory]
    [InlineData(5, MapiHttpResponseEvent.NeedMoreData)]
    [InlineData(6, MapiHttpResponseEvent.Malformed)]
    public void Read_BodyAboveTheLimit_IsGivenUp(int length, MapiHttpResponseEvent found)
    {
        var reader = new MapiHttpResponseReader(maxBodySize: 5);
        Next(reader, "DONE\r\n\r\n").Should().Be(MapiHttpResponseEvent.Done);
        Next(reader, new string('x', length - 1));

        Next(reader, "x").Should().Be(found);
    }

    [Fact]
    public void TryComplete_NothingCame_IsTheAnswerToAPing()
    {
        new MapiHttpResponseReader().TryComplete(out MapiHttpInnerResponse? response).Should().BeTrue();

        response!.Body.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void TryComplete_EndInsideALine_Fails()
    {
        var reader = new MapiHttpResponseReader();
        Next(reader, "P");

        reader.TryComplete(out _).Should().BeFalse();
    }

    private static MapiHttpResponseEvent Next(MapiHttpResponseReader reader, string text)
    {
        ReadOnlySpan<byte> input = Encoding.Latin1.GetBytes(text);
        return reader.Read(ref input);
    }

    private static (List<MapiHttpResponseEvent> Events, MapiHttpInnerResponse? Response) Feed(params byte[][] pieces)
    {
        var reader = new MapiHttpResponseReader();
        var events = new List<MapiHttpResponseEvent>();
        foreach (byte[] piece in pieces)
        {
            ReadOnlySpan<byte> input = piece;
            MapiHttpResponseEvent found;
            while ((found = reader.Read(ref input)) != MapiHttpResponseEvent.NeedMoreData)
            {
                found.Should().NotBe(MapiHttpResponseEvent.Malformed);
                events.Add(found);
            }

            input.IsEmpty.Should().BeTrue();
        }

        reader.TryComplete(out MapiHttpInnerResponse? response);
        return (events, response);
    }

    private static void ShouldFind(
        MapiHttpInnerResponse whole, (List<MapiHttpResponseEvent> Events, MapiHttpInnerResponse? Response) found)
    {
        found.Events.Select(e => e.ToString().ToUpperInvariant()).Should().Equal(whole.MetaTags);
        found.Response.Should().BeEquivalentTo(whole, o => o.Excluding(r => r.Body));
        found.Response!.Body.Span.SequenceEqual(whole.Body.Span).Should().BeTrue();
    }
}
