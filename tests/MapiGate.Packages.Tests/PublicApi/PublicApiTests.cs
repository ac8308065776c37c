using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.PublicApi;

public class PublicApiTests
{
    private const string HowToAccept = "UPDATE_PUBLIC_API=1 dotnet test tests/MapiGate.Packages.Tests --filter PublicApi";

    private static readonly bool IsAccepting = Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1";

    public static TheoryData<string> Packages => SourcePackage.Names;

    [Theory]
    [MemberData(nameof(Packages))]
    public void PublicSurface_OfEveryPackage_IsTheOneWrittenDown(string name)
    {
        var package = new SourcePackage(name);
        var actual = $"// What users of {name} can see. Accept a change that is meant with: {HowToAccept}\n" + ApiPrinter.Print(package.Assembly);
        if (IsAccepting)
        {
            File.WriteAllText(package.PublicApiFile, actual);
        }

        var written = File.Exists(package.PublicApiFile) ? File.ReadAllText(package.PublicApiFile) : string.Empty;

        // A checkout may have turned line ends around.
        if (written.ReplaceLineEndings("\n") != actual)
        {
            Assert.Fail($"""
                The public surface of {name} is not what src/{name}/PublicApi.txt says:
                {LineDifference.Describe(written, actual)}
                If that is meant, accept it and commit the file:
                  {HowToAccept}
                """);
        }
    }
}
