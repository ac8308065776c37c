using FsCheck;
using FsCheck.Fluent;

namespace MapiGate.Tests.Rules;

/// <summary>The list against the rule as one would write it down in a line, on names in every script of the world.</summary>
public class ProcessBlocklistPropertyTests
{
    // A piece of every script that has cases, of several that have none, marks that join, letters beyond the basic plane,
    // halves of them alone, and the letters that fold oddly.
    private static readonly string[] Letters =
    [
        "a", "A", "b", "K", "k", "i", "I", "s", "S", "Z", "z", "0", "9", "-", "_", ".", " ", "e", "x",
        "ü", "Ü", "ß", "ẞ", "ÿ", "Ÿ", "é", "É", "e\u0301", "İ", "ı", "ſ", "\u212A", "\u2126", "Ω", "ω", "ς", "σ", "Σ", "µ", "Μ", "μ", "Å", "\u212B", "å",
        "п", "П", "ж", "Ж", "ё", "Ё", "ა", "Ა", "ⴀ", "Ⴀ", "ա", "Ա", "Ꭰ", "ꭰ", "Ⅷ", "ⅷ", "Ａ", "ａ", "Ǆ", "ǅ", "ǆ",
        "日", "本", "メ", "한", "글", "\u1112\u1161", "ا", "م", "ש", "ל", "क", "\u0940", "ก", "\u0E31", "ཀ", "ᚠ",
        "📧", "𐐀", "𐐨", "𠀋", "𞤀", "𞤢", "\uD83D", "\uDCE7", "\u200D", "\uFE0F", "\u0300", "\u0307", "\u00AD", "\uFFFD", "\0",
    ];

    private static readonly string[] Endings = [".exe", ".EXE", "-client.exe", "-MAILER64.EXE", "", ".com"];

    private static readonly string[] Befores = ["", " ", @"C:\Program Files\", "/opt/Почта/", @"\", @"\\host\c$\", "\t", "a/"];

    private static readonly string[] Afters = ["", "", " ", "\t", "\u00A0", "\u2003 "];

    private static Gen<string> Names =>
        from length in Gen.Choose(0, 12)
        from letters in Gen.ArrayOf(Gen.Elements(Letters), length)
        from ending in Gen.Elements(Endings)
        select string.Concat(letters) + ending;

    [Fact]
    public void IsBlocked_AnyNameInAnyScript_IsAsThePlainRuleHasIt() => Property.Holds(
        from listed in Property.Several(Names, 6)
        from stranger in Names
        from chosen in Gen.Choose(0, 6)
        from before in Gen.Elements(Befores)
        from after in Gen.Elements(Afters)
        from spelling in Gen.Choose(0, 2)
        select (listed, sent: before + Spell(chosen < listed.Length ? listed[chosen] : stranger, spelling) + after),
        sample => ProcessBlocklist.Parse(string.Join(';', sample.listed)).IsBlocked(sample.sent) == IsListed(sample.listed, sample.sent),
        tests: 20_000);

    [Fact]
    public void TryMatch_AnyNameInAnyScript_NamesAnEntryThatTheNameIs() => Property.Holds(
        from listed in Property.Several(Names, 6)
        from chosen in Gen.Choose(0, 5)
        from spelling in Gen.Choose(0, 2)
        where chosen < listed.Length
        select (listed, sent: Spell(listed[chosen], spelling)),
        sample => !IsListed(sample.listed, sample.sent)
            || (ProcessBlocklist.Parse(string.Join(';', sample.listed)).TryMatch(sample.sent, out var entry) && Image(sample.sent).Equals(entry, StringComparison.OrdinalIgnoreCase)),
        tests: 10_000);

    [Fact]
    public void Apply_AnyNameInAnyScript_CutsWhomTheListRefuses() => Property.Holds(
        from listed in Property.Several(Names, 6)
        from chosen in Gen.Choose(0, 6)
        from stranger in Names
        from spelling in Gen.Choose(0, 2)
        select (listed, sent: Spell(chosen < listed.Length ? listed[chosen] : stranger, spelling)),
        sample =>
        {
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
            var session = gatekeeper.Logon(sample.sent);
            gatekeeper.Apply(Gate.Blocking(string.Join(';', sample.listed)));
            return session.IsDisconnected == IsListed(sample.listed, sample.sent);
        });

    // The rule, in the words of DESIGN.md.
    private static bool IsListed(IEnumerable<string> listed, string sent) =>
        new HashSet<string>(listed.Select(name => name.Trim()).Where(name => name.Length > 0), StringComparer.OrdinalIgnoreCase).Contains(Image(sent));

    private static string Image(string name) => name[(name.LastIndexOfAny(['\\', '/']) + 1)..].Trim();

    private static string Spell(string name, int spelling) => spelling switch
    {
        0 => name,
        1 => name.ToUpperInvariant(),
        _ => name.ToLowerInvariant(),
    };
}
