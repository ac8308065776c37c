using System.Text.RegularExpressions;
using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.House;

public partial class SourceFileTests
{
    public static TheoryData<string> Packages => SourcePackage.Names;

    [Theory]
    [MemberData(nameof(Packages))]
    public void File_UnderSrc_DeclaresTheOneTypeItIsNamedFor(string name)
    {
        var strangers = new SourcePackage(name).SourceFiles
            .Select(file => (File: file, Types: TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)))
            .Where(source => !source.Types.SequenceEqual([Path.GetFileNameWithoutExtension(source.File).Split('.')[0]]))
            .Select(source => $"{Path.GetRelativePath(RepositoryRoot.Path, source.File)} declares {string.Join(", ", source.Types)}");

        strangers.Should().BeEmpty();
    }

    // Namespaces are file-scoped here (the compiler sees to it), so a top-level type begins at the left margin.
    [GeneratedRegex(@"^(?:\w+ )*(?:class|struct|interface|enum|record|delegate [\w<>?]+) (?!class\b|struct\b)(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
