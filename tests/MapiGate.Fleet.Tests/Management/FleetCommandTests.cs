using System.Diagnostics;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>What <c>mapigate</c> says of all gates, asked of one.</summary>
public class FleetCommandTests
{
    [SkippableFact]
    public async Task ApplyWait_EndsWhenEveryGateHasIt()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var b = fleet.B.Logon("one.exe");

        var applied = await RunAsync(fleet.A, "apply", Write(fleet.A, "one.exe"), "--yes", "--wait", "30");

        applied.Should().Match<Run>(run => run.ExitCode == 0 && run.Output.Contains("In force in 3 of 3 gates."), applied.ToString());
        b.IsDisconnected.Should().BeTrue();
        var gates = await RunAsync(fleet.C, "gates");
        gates.Output.Should().Contain("Policy").And.MatchRegex(@"gate-b +SYNCED +1\.2 +\d+ s +0 +1 ");
    }

    [SkippableFact]
    public async Task ApplyWait_NamesWhoHasItNot_ByItsExitCode()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        await fleet.C.StopAsync();

        var applied = await RunAsync(fleet.A, "apply", Write(fleet.A, "one.exe"), "--yes", "--wait", "2");

        applied.ExitCode.Should().Be(6, applied.ToString());
        applied.Error.Should().Contain("1 of 3 gates").And.Contain("gate-c: APPLYING at 1.1").And.NotContain("gate-b:");
    }

    [SkippableFact]
    public async Task Sessions_Kick_AndPreview_NameTheGate()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var b = fleet.B.Logon("one.exe", @"CORP\jane");
        using var c = fleet.C.Logon("one.exe");

        (await RunAsync(fleet.A, "sessions")).Output.Should().MatchRegex(@"gate-b +\d+ +one\.exe").And.MatchRegex(@"gate-c +\d+ +one\.exe");
        (await RunAsync(fleet.A, "preview", Write(fleet.A, "one.exe"))).Output.Should().Contain("Would cut 2 of 2").And.MatchRegex(@"gate-b +1 +1");
        var kicked = await RunAsync(fleet.A, "kick", "--session", $"{b.Id}", "--gate", "gate-b", "--yes");
        kicked.Should().Match<Run>(run => run.ExitCode == 0 && run.Output.Contains("gate-b 1"), kicked.ToString());
        (b.IsDisconnected, c.IsDisconnected).Should().Be((true, false));
        await fleet.C.StopAsync();
        var incomplete = await RunAsync(fleet.A, "kick", "--program", "one.exe", "--yes");
        incomplete.ExitCode.Should().Be(6, incomplete.ToString());
        incomplete.Error.Should().Contain("No answer from gate-c");
    }

    [SkippableFact]
    public async Task ApplyPastTheLimits_IsHeldBack_AndLetThroughByItsFingerprint()
    {
        await using var fleet = await ManagedFleet.StartAsync();
        using var a = fleet.A.Logon("one.exe");
        using var b = fleet.B.Logon("one.exe");
        var file = Write(fleet.A, "one.exe", maxDisconnects: 1);

        var held = await RunAsync(fleet.C, "apply", file, "--yes");

        held.ExitCode.Should().Be(4, held.ToString());
        held.Error.Should().Contain("2 of 2 sessions in all gates");
        (a.IsDisconnected, b.IsDisconnected).Should().Be((false, false));
        var fingerprint = held.Output.Split("--confirm ")[1].Split(' ')[0];
        (await RunAsync(fleet.C, "apply", file, "--yes", "--confirm", fingerprint, "--wait")).ExitCode.Should().Be(0);
        (a.IsDisconnected, b.IsDisconnected).Should().Be((true, true));
    }

    private static async Task<Run> RunAsync(ManagedMember member, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.Mapigate, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MAPIGATE_URL"] = member.Url.AbsoluteUri;
        start.Environment["MAPIGATE_TOKEN_FILE"] = member.TokenFile;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WithinBounds();
        return new Run(process.ExitCode, await output, await error);
    }

    private static string Write(ManagedMember member, string program, int? maxDisconnects = null)
    {
        var file = Path.Combine(member.Folder, $"{Guid.NewGuid()}.json");
        File.WriteAllText(file, $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{program}}"{{(maxDisconnects is { } most ? $", \"MaxDisconnects\": {most}" : "")}} } }""");
        return file;
    }

    private sealed record Run(int ExitCode, string Output, string Error);
}
