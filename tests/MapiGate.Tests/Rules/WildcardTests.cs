using FsCheck.Fluent;

namespace MapiGate.Tests.Rules;

public class WildcardTests
{
    [Theory]
    [InlineData("mfcmapi*.exe", "MFCMAPI64.EXE", true)]
    [InlineData("mfcmapi*.exe", "mfcmapi.exe", true)]
    [InlineData("mfcmapi*.exe", "xmfcmapi.exe", false)]
    [InlineData("mfcmapi*.exe", "mfcmapi.exe.bak", false)]
    [InlineData("mfcmapi??.exe", "mfcmapi64.exe", true)]
    [InlineData("mfcmapi??.exe", "mfcmapi4.exe", false)]
    [InlineData("*backup*agent*", @"C:\x\MyBackupXAgent.exe", true)]
    [InlineData("*ab*ab*", "ab", false)]
    [InlineData("*ab*ab*", "abab", true)]
    [InlineData("a*a", "a", false)]
    [InlineData("a*a", "aa", true)]
    [InlineData("*", "anything.exe", true)]
    [InlineData("*", "", false)]
    [InlineData("?", "", false)]
    [InlineData("*\u0130*", "i", false)]
    public void AnEntryWithWildcards_Names(string entry, string name, bool expected) =>
        ProcessBlocklist.Parse(entry).IsBlocked(name).Should().Be(expected);

    [Fact]
    public void TryMatch_ExactBeforeWildcard_GivesTheEntryAsWritten()
    {
        var list = ProcessBlocklist.Parse("mfc*.exe; MfcMapi.exe; m*");

        list.TryMatch("mfcmapi.exe", out var exact).Should().BeTrue();
        list.TryMatch("mfcother.exe", out var wildcard).Should().BeTrue();

        exact.Should().Be("MfcMapi.exe");
        wildcard.Should().Be("mfc*.exe");
    }

    [Fact]
    public void AMatch_AgreesWithAPlainMatcher() => Property.Holds(
        from pattern in Property.Text("ab?*", 8)
        from name in Property.Text("abAB", 12)
        select (pattern: pattern + "*", name: name + "b"),
        sample => ProcessBlocklist.Parse(sample.pattern).IsBlocked(sample.name) == PlainMatch(sample.pattern, sample.name),
        tests: 20_000);

    [Fact]
    public void AnyList_PrintedAndParsed_IsEqual() => Property.Holds(
        Property.Text("ab.*? ;\"\\/,é", 30),
        text =>
        {
            var list = ProcessBlocklist.Parse(text);
            return ProcessBlocklist.Parse(list.ToString()).SequenceEqual(list) && list.ToString() == ProcessBlocklist.Parse(list.ToString()).ToString();
        },
        tests: 20_000);

    /// <summary>The textbook recursion: a star takes nothing, or one character and is asked again.</summary>
    private static bool PlainMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        return pattern[0] == '*'
            ? PlainMatch(pattern[1..], name) || (!name.IsEmpty && PlainMatch(pattern, name[1..]))
            : !name.IsEmpty && (pattern[0] == '?' || char.ToUpperInvariant(pattern[0]) == char.ToUpperInvariant(name[0])) && PlainMatch(pattern[1..], name[1..]);
    }
}
