using FsCheck;
using FsCheck.Fluent;

namespace MapiGate.Tests.Rules;

public class ClientVersionBlocklistTests
{
    [Theory]
    [InlineData("12.0.6206.1000", "12.0.6206.1000", true)]
    [InlineData("12.0.6206.1000", "12.0.6206.1001", false)]
    [InlineData("11.5608.5606", "11.0.5608.5606", true)]
    [InlineData("11.5608.5606", "11.5608.5606.0", false)]
    [InlineData("11", "11.0.0.0", true)]
    [InlineData("11", "11.9.65535.65535", true)]
    [InlineData("11", "12.0.0.0", false)]
    [InlineData("11.0", "11.0.8000.1", true)]
    [InlineData("11.0", "11.1.0.0", false)]
    [InlineData("-11", "0.0.0.0", true)]
    [InlineData("-11", "11.65535.65535.65535", true)]
    [InlineData("-11", "12.0.0.0", false)]
    [InlineData("-5.3164.0.0", "5.3164.0.0", true)]
    [InlineData("-5.3164.0.0", "5.3164.0.1", false)]
    [InlineData("15.0.4569.1503-", "16.0.0.0", true)]
    [InlineData("15.0.4569.1503-", "15.0.4569.1502", false)]
    [InlineData("8-9", "8.0.0.0", true)]
    [InlineData("8-9", "9.5.0.0", true)]
    [InlineData("8-9", "10.0.0.0", false)]
    [InlineData("5.0.2653.11 , 8 - 9 ;-4", "3.1.0.0", true)]
    [InlineData("9-8", "8.5.0.0", false)]
    [InlineData("2", "10.0.0.0", false)]
    public void AnEntry_Covers(string list, string version, bool expected) =>
        ClientVersionBlocklist.Parse(list).TryMatch(Version.Parse(version), out _).Should().Be(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ,; ,")]
    public void NothingWritten_IsTheEmptyList(string? value) => ClientVersionBlocklist.Parse(value).Should().BeSameAs(ClientVersionBlocklist.Empty);

    [Theory]
    [InlineData("abc")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1..2")]
    [InlineData("1.-2.3")]
    [InlineData("-")]
    [InlineData("1-2-3")]
    [InlineData("1-x")]
    [InlineData("65536")]
    [InlineData("1.2.3.99999999999")]
    [InlineData("+1")]
    [InlineData("outlook.exe")]
    public void WhatIsNoVersion_IsNamedWithTheFix(string entry)
    {
        ClientVersionBlocklist.TryParse($"11, {entry}", out var list, out var error).Should().BeFalse();

        list.Should().BeNull();
        error.Should().StartWith($"\"{entry}\" is not a version").And.Contain("write 11.0.5608.5606");
        FluentActions.Invoking(() => ClientVersionBlocklist.Parse(entry)).Should().Throw<FormatException>();
    }

    [Fact]
    public void AClientWithoutAVersion_IsCoveredByNothing() => ClientVersionBlocklist.Parse("0-").TryMatch(null, out _).Should().BeFalse();

    [Fact]
    public void AVersionOfFewerParts_CountsAsZerosAfterThem() => ClientVersionBlocklist.Parse("11.0.0.0").TryMatch(new Version(11, 0), out _).Should().BeTrue();

    [Fact]
    public void TheRule_IsTheFirstEntryThatCovers_AsWritten()
    {
        ClientVersionBlocklist.Parse("9, 8 - 11, 11").TryMatch(new Version(11, 0, 1, 1), out var entry).Should().BeTrue();

        entry.Should().Be("8 - 11");
    }

    [Fact]
    public void AnyList_AgreesWithAScanOfItsRangesAndSurvivesPrinting() => Property.Holds(
        from entries in Property.Several(Entries, 5)
        from version in FourParts
        select (entries, version),
        sample =>
        {
            var list = ClientVersionBlocklist.Parse(string.Join(", ", sample.entries.Select(entry => entry.Text)));
            var again = ClientVersionBlocklist.Parse(list.ToString());
            var expected = sample.entries.FirstOrDefault(entry => Compare(sample.version, entry.Low) >= 0 && Compare(sample.version, entry.High) <= 0).Text;
            list.TryMatch(new Version(sample.version[0], sample.version[1], sample.version[2], sample.version[3]), out var rule);
            return rule == expected && again.SequenceEqual(list) && again.ToString() == list.ToString();
        },
        tests: 20_000);

    private static Gen<int[]> FourParts => Gen.ArrayOf(Gen.Choose(0, 2), 4);

    // Small parts, so that random versions and bounds often meet.
    private static Gen<(string Text, int[] Low, int[] High)> Entries =>
        from kind in Gen.Choose(0, 3)
        from low in Gen.ArrayOf(Gen.Choose(0, 2), kind == 3 ? 1 : 4)
        from high in Gen.ArrayOf(Gen.Choose(0, 2), 4)
        select kind switch
        {
            0 => (string.Join('.', low), low, low),
            1 => ($"{string.Join('.', low)}-{string.Join('.', high)}", low, high),
            2 => ($"-{string.Join('.', high)}", new[] { 0, 0, 0, 0 }, high),
            _ => ($"{low[0]}", new[] { low[0], 0, 0, 0 }, new[] { low[0], 65535, 65535, 65535 }),
        };

    private static int Compare(int[] left, int[] right)
    {
        for (var i = 0; i < 4; i++)
        {
            if (left[i] != right[i])
            {
                return left[i] < right[i] ? -1 : 1;
            }
        }

        return 0;
    }
}
