using FsCheck;
using FsCheck.Fluent;

namespace MapiGate.Tests.Processes;

/// <summary>A list's first look at a name, by how it ends, must never change what the list says.</summary>
public class NameEndingTests
{
    [Fact]
    public void IsBlocked_WhateverTheEnding_AgreesWithAPlainComparison() => Property.Holds(
        from entries in Property.Several(Names, 6)
        from name in Names
        from path in Gen.Elements("", " ", "C:\\", "/opt/", "x", "\\ \t", "\u00A0", "é")
        from after in Gen.Elements("", "", " ", "\u3000", "x")
        select (entries, name: path + name + after),
        sample => ProcessBlocklist.Parse(string.Join(';', sample.entries)).IsBlocked(sample.name)
            == sample.entries.Any(entry => Image(entry).Length > 0 && Image(entry).Equals(Image(sample.name), StringComparison.OrdinalIgnoreCase)),
        tests: 20_000);

    [Fact]
    public void NoCharacterBeyondAscii_EqualsOneWithin()
    {
        var ascii = Enumerable.Range(0, 128).Select(code => ((char)code).ToString());

        for (var code = 128; code <= char.MaxValue; code++)
        {
            ascii.Should().NotContain(text => text.Equals(((char)code).ToString(), StringComparison.OrdinalIgnoreCase), "of U+{0:X4}", code);
        }
    }

    // Names that end alike, that differ in a character which the case bit alone would make equal, and that are as short
    // as an ending, shorter, twice as long, and longer.
    private static Gen<string> Names => Gen.Elements(
        "a.exe", "abcd.exe", "ABCD.EXE", "bbcd.exe", "xabcd.exe", "@bcd.exe", "`bcd.exe", "[bcd.exe", "{bcd.exe",
        "sixteenchars.exe", "SIXTEENCHARS.exe", "fixteenchars.exe", "seventeenchars.exe", "feventeenchars.exe",
        "abcd éxé.exe", "ABCD ÉXÉ.EXE", "a name.exe", "\u212Abcd.exe", "kbcd.exe", "");

    private static string Image(string name) => name[(name.LastIndexOfAny(['\\', '/']) + 1)..].Trim();
}
