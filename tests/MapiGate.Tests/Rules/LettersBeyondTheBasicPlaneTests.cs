namespace MapiGate.Tests.Rules;

/// <summary>
/// Deseret, Adlam and a few other scripts have cases, and each of their letters is two chars. .NET's FrozenSet, which looks
/// at single chars when it ignores case, does not find such a name in the other case: a HashSet does.
/// </summary>
public class LettersBeyondTheBasicPlaneTests
{
    [Theory]
    [InlineData("𐐁.exe;xéxп.exe;𐐀x.exe;x.exe;ппbb.exe;𞤁𞤀.exe;𐐁𞤁.exe;baxb.exe;𞤀é𞤀x.exe;aé𐐁.exe;𞤁é.exe;𐐁x.exe;xa𞤁x.exe", "𐐩.exe")]
    [InlineData("пxx.exe;x𐐁-é.exe;𐐁п.exe;é𐐁x.exe;𐐀b.exe;𐐀abx.exe;b𐐁.exe;b𞤀.exe;𐐀.exe;xaп.exe;п𞤀b.exe;𐐁𞤁b𞤁.exe", "𐐩п.exe")]
    public void IsBlocked_ANameInTheOtherCase_IsFound(string list, string sent) => ProcessBlocklist.Parse(list).IsBlocked(sent).Should().BeTrue();
}
