using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.House;

/// <summary>The packages stand as docs/architecture.md draws them: each floor on those below it, and none on one above.</summary>
public class HouseTests
{
    public static TheoryData<string> Packages => SourcePackage.Names;

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_NamesNoTypeOfAFloorAbove(string name)
    {
        var floors = Architecture.FloorsOf(name);
        floors.Should().NotBeEmpty("{0} draws the floors of each package, under its name", Architecture.Document);

        string.Join(Environment.NewLine, new SourceHouse(floors, Sources(name)).FindFaults()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Document_SaysWhereEachPackageDecides_AndTheFilesExist(string name)
    {
        var files = Architecture.FilesNamedFor(name);

        files.Should().NotBeEmpty();
        string.Join(", ", files.Except(Sources(name).Keys)).Should().BeEmpty("each of them was taken for the place");
    }

    [Fact]
    public void Document_DrawsThePackages_AsTheirProjectsStandOnEachOther()
    {
        var projects = SourcePackage.All.ToDictionary(
            package => package.Name,
            package => package.Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Order());

        Architecture.Packages.Should().HaveCount(projects.Count);
        Architecture.Packages.Should().AllSatisfy(drawn => drawn.Value.Order().Should().Equal(projects.GetValueOrDefault(drawn.Key)));
    }

    [Fact]
    public void ATypeOfAFloorAbove_IsAFault() =>
        Faults(("Low/Stone.cs", "class Stone { Beam? _beam; }"), ("High/Beam.cs", "class Beam;"))
            .Should().Equal("Low/Stone.cs names Beam, which is of High/, a floor above it.");

    [Fact]
    public void ATypeOfAFloorBelow_IsNone() =>
        Faults(("Low/Stone.cs", "class Stone;"), ("High/Beam.cs", "class Beam { Stone? _stone; }")).Should().BeEmpty();

    [Fact]
    public void TwoFoldersThatNeedEachOther_AreAFault() =>
        Faults(("Low/Stone.cs", "class Stone { Beam? _beam; }"), ("High/Beam.cs", "class Beam { Stone? _stone; }"))
            .Should().Contain("High/ and Low/ need each other: what they share wants a floor below both.");

    [Fact]
    public void APartOfAType_InAFileOfItsOwn_IsTheType() =>
        Faults(("Low/Stone.cs", "class Stone { Beam? _beam; }"), ("High/Beam.Long.cs", "partial class Beam;")).Should().ContainSingle();

    [Theory]
    [InlineData("// Beam stands on it.")]
    [InlineData("/// <summary>See <see cref=\"Beam\"/>.</summary>")]
    [InlineData("/* Beam,\n Beam */")]
    [InlineData("""string Url = "http://x"; // Beam""")]
    public void AType_NamedInAComment_IsNone(string text) =>
        Faults(("Low/Stone.cs", text), ("High/Beam.cs", "class Beam;")).Should().BeEmpty();

    [Fact]
    public void AType_NamedBehindATextWithTwoStrokes_IsAFault() =>
        Faults(("Low/Stone.cs", """string Url = "http://x"; Beam? _beam;"""), ("High/Beam.cs", "class Beam;")).Should().ContainSingle();

    [Fact]
    public void AFolderOnNoFloor_AndAFloorWithNothingOnIt_AreFaults() =>
        Faults(("Cellar/Coal.cs", "class Coal;"), ("High/Beam.cs", "class Beam;")).Should().Equal(
            $"Cellar/ is on no floor: say in {Architecture.Document} on which.",
            $"Low/ stands in {Architecture.Document}, and nothing on it.");

    [Fact]
    public void AFileInNoFolder_IsAFloorOfItsOwn() =>
        new SourceHouse(["Low/", "Door.cs"], new Dictionary<string, string> { ["Low/Stone.cs"] = "Door? _door;", ["Door.cs"] = "Stone? _stone;" })
            .FindFaults().Should().Contain("Low/Stone.cs names Door, which is of Door.cs, a floor above it.");

    private static IReadOnlyList<string> Faults(params (string Path, string Text)[] sources) =>
        new SourceHouse(["Low/", "High/"], sources.ToDictionary(source => source.Path, source => source.Text)).FindFaults();

    private static Dictionary<string, string> Sources(string package)
    {
        var source = new SourcePackage(package);
        return source.SourceFiles.ToDictionary(file => Path.GetRelativePath(source.Folder, file).Replace('\\', '/'), File.ReadAllText);
    }
}
