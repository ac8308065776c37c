using FsCheck;
using FsCheck.Fluent;

namespace MapiGate.Tests;

/// <summary>Checks that something holds for many random values. A failure prints the values, made small, and the seed.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> values, Func<T, bool> property, int tests = 2000) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(Arb.From(values), property));

    /// <summary>Text over a few characters, so that random names and patterns often meet.</summary>
    public static Gen<string> Text(string alphabet, int maxLength) =>
        from length in Gen.Choose(0, maxLength)
        from characters in Gen.ArrayOf(Gen.Elements(alphabet.ToCharArray()), length)
        select new string(characters);

    public static Gen<T[]> Several<T>(Gen<T> one, int atMost) =>
        from length in Gen.Choose(0, atMost)
        from items in Gen.ArrayOf(one, length)
        select items;
}
