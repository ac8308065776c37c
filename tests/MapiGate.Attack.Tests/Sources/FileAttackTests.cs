using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Sources;

/// <summary>Everything that can happen to a policy file. What cannot be read changes nothing; what can is heard afterwards.</summary>
public class FileAttackTests(ITestOutputHelper output)
{
    private static readonly string Old = FollowedFile.Blocking("old.exe");
    private static readonly string New = FollowedFile.Blocking("new.exe");

    [Fact]
    public async Task AFileHalfWritten_AtAnyLength_LeavesThePolicyInForce()
    {
        using var file = new FollowedFile(Old);
        for (var length = 0; length < New.Length; length += 5)
        {
            await file.BreakAsync(() => file.Write(New[..length]));
            file.Denies("old.exe").Should().BeTrue($"only {length} characters have been written");
            file.Write(Old);
            file.ShouldSoonDeny("old.exe");
        }

        file.Gatekeeper.Revision.Should().Be(0);
        file.Write(New);
        file.ShouldSoonDeny("new.exe");
    }

    [Fact]
    public async Task AFileReplacedByRename_IsHeard_AgainAndAgain()
    {
        using var file = new FollowedFile(Old);
        for (var i = 0; i < 10; i++)
        {
            file.Replace(FollowedFile.Blocking($"program{i}.exe"));
            file.ShouldSoonDeny($"program{i}.exe");
        }

        await file.BreakAsync(() => file.Replace("{ garbage"));
        file.Denies("program9.exe").Should().BeTrue();
        file.Replace(New);
        file.ShouldSoonDeny("new.exe");
    }

    [Fact]
    public void AFileDeleted_IsAnEmptyPolicy_AndOneWrittenAnewIsHeard()
    {
        using var file = new FollowedFile(Old);

        File.Delete(file.Path);
        file.ShouldSoonDeny("old.exe", denied: false);

        file.Write(New);
        file.ShouldSoonDeny("new.exe");
    }

    [Fact]
    public async Task AFolderInTheFilesPlace_LeavesThePolicyInForce()
    {
        using var file = new FollowedFile(Old);

        // As container engines do when the file they are to mount is not there.
        await file.BreakAsync(() =>
        {
            File.Delete(file.Path);
            Directory.CreateDirectory(file.Path);
        });
        file.Denies("old.exe").Should().BeTrue();

        Directory.Delete(file.Path);
        file.Write(New);
        file.ShouldSoonDeny("new.exe");
    }

    [Fact]
    public void AThousandChangesInASecond_TheLastOneWins()
    {
        using var file = new FollowedFile(Old);
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 1000; i++)
        {
            var policy = FollowedFile.Blocking($"program{i}.exe");
            if (i % 2 == 0)
            {
                file.Write(policy);
            }
            else
            {
                file.Replace(policy);
            }
        }

        output.WriteLine($"1000 changes in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s");
        file.ShouldSoonDeny("program999.exe");
        file.Denies("program998.exe").Should().BeFalse();
    }

    [Fact]
    public async Task AFileThatAFullDiskCutShort_LeavesThePolicyInForce()
    {
        using var file = new FollowedFile(Old);

        await file.BreakAsync(() =>
        {
            // What is left of a file when its writer meets a full disk: it was emptied, and then nothing would fit.
            var write = () => WriteOnAFullDisk(file.Path);
            write.Should().Throw<IOException>();
        });
        file.Denies("old.exe").Should().BeTrue();

        file.Write(New);
        file.ShouldSoonDeny("new.exe");
    }

    private static void WriteOnAFullDisk(string path)
    {
        using var emptied = new FileStream(path, FileMode.Create);
        if (!OperatingSystem.IsLinux())
        {
            throw new IOException("There is no full disk to be had.");
        }

        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
        full.Write(new byte[4096]);
        full.Flush();
    }
}
