using MapiGate.Packages.Tests.Repository;

namespace MapiGate.Packages.Tests.Trimming;

[Collection(Builds.Name)]
public class TrimmedHostTests
{
    [Fact]
    public async Task Host_PublishedSelfContainedAndTrimmed_RefusesDisconnectsAndKeepsTheLastKnownGood()
    {
        await TrimmedHost.Publish();

        var result = await TrimmedHost.Run();

        result.ExitCode.Should().Be(0, "{0}", result);
        result.Output.ReplaceLineEndings("\n").Should().Be("""
            OUTLOOK.EXE: allowed
            program1.exe: denied by "program1.exe"
            changed by configuration: revision 1, OUTLOOK.EXE denied by "outlook.exe"
            not valid: revision 1, last known good: True
            backup.exe: allowed
            applied: revision 2, 1 disconnected, 0 left

            """.ReplaceLineEndings("\n"));
    }
}
