using System.Reflection;
using System.Text.RegularExpressions;
using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.Trimming;

public partial class SuppressionTests
{
    public static TheoryData<string> Packages => SourcePackage.Libraries;

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assembly_OfEveryPackage_SaysThatItCanBeTrimmedAndCompiledAhead(string name)
    {
        var metadata = new SourcePackage(name).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(item => item.Key, item => item.Value);

        metadata["IsTrimmable"].Should().Equal("True");
        metadata["IsAotCompatible"].Should().Equal("True");
    }

    [Fact]
    public void Sources_OfEveryPackage_SuppressNoTrimmingOrAheadOfTimeWarning()
    {
        // With a suppression the two marks above would be no more than a claim.
        string[] files =
        [
            .. SourcePackage.All.SelectMany(package => package.SourceFiles.Append(package.ProjectFile)),
            RepositoryRoot.Combine("src", "Directory.Build.props"),
            RepositoryRoot.Combine("Directory.Build.props"),
            RepositoryRoot.Combine(".editorconfig"),
            RepositoryRoot.Combine("tests", "MapiGate.TrimmedHost", "MapiGate.TrimmedHost.csproj"),
            RepositoryRoot.Combine("tests", "MapiGate.TrimmedHost", "Program.cs"),
        ];

        files.SelectMany(Suppressions).Should().BeEmpty();
    }

    private static IEnumerable<string> Suppressions(string file) => File.ReadLines(file)
        .Select((line, i) => (Line: line, Number: i + 1))
        .Where(item => Suppression().IsMatch(item.Line))
        .Select(item => $"{Path.GetRelativePath(RepositoryRoot.Path, file)}:{item.Number}: {item.Line.Trim()}");

    [GeneratedRegex(@"UnconditionalSuppressMessage|SuppressTrimAnalysisWarnings|SuppressAotAnalysisWarnings|pragma warning disable.*\bIL\d|NoWarn.*\bIL\d|\bIL\d{4}\.severity")]
    private static partial Regex Suppression();
}
