using System.Globalization;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.EndToEnd.Tests;

/// <summary>The store-service host and its clients, in processes of their own, over real HTTP.</summary>
public class FirstLightTests
{
    [Fact]
    public async Task AProgramPutOnTheList_IsCutAndRefused_NobodyElseNotices_AndTakenOffItComesBack()
    {
        using var host = await StoreHost.StartAsync();
        using var outlook = host.Client("--process", "OUTLOOK.EXE", "--count", "3");
        using var mfcmapi = host.Client("--process", "MFCMapi.exe", "--user", "johndoe");
        using var nameless = host.Client("--no-process", "--user", "marieroe");
        var others = new[] { outlook, nameless };
        await mfcmapi.WaitForAsync("mailboxOpen");
        await nameless.WaitForAsync("mailboxOpen");
        await outlook.WaitForMailboxesAsync(3);

        var changed = await host.EditPolicyAsync(policy => policy["DisableMapiClientProcesses"] = "mfcmapi.exe");

        var cut = await mfcmapi.WaitForAsync("cut");
        var refused = await mfcmapi.WaitForAsync("refused");
        changed.Should().Contain("added mfcmapi.exe; removed (none); 1 of 5 sessions disconnected");
        cut.Code.Should().Be("X-ResponseCode 10");
        (cut.Time - TimeOf(changed, cut.Time)).Should().BeLessThan(TimeSpan.FromSeconds(1), "a cut is at once");
        refused.Code.Should().Be("0x4DF");
        refused.Text.Should().Contain("blocked by the administrator");
        (await mfcmapi.WaitForExitAsync()).Should().Be(1);
        others.SelectMany(client => client.Events).Should().OnlyContain(line => line.Event == "connected" || line.Event == "mailboxOpen");

        await host.EditPolicyAsync(policy => policy["DisableMapiClientProcesses"] = "");
        using var again = host.Client("--process", "MFCMapi.exe", "--user", "johndoe");
        await again.WaitForAsync("mailboxOpen");
    }

    [Fact]
    public async Task GarbageInTheFile_KeepsTheOldPolicy_AndHealthSaysSo_UntilItIsRepaired()
    {
        using var host = await StoreHost.StartAsync();
        await host.EditPolicyAsync(policy => policy["DisableMapiClientProcesses"] = "program1.exe");
        using var outlook = host.Client("--process", "OUTLOOK.EXE");
        await outlook.WaitForAsync("mailboxOpen");
        (await host.GetHealthAsync()).Should().StartWith("Healthy");
        var good = File.ReadAllText(host.SettingsFile);

        var from = host.LineCount;
        File.WriteAllText(host.SettingsFile, good.Replace("\"MapiGate\":{", "\"MapiGate\":", StringComparison.Ordinal));
        await host.WaitForLineAsync("Policy rejected", from);

        (await host.GetHealthAsync()).Should().StartWith("Degraded").And.Contain("appsettings.json");
        using (var blocked = host.Client("--process", "program1.exe"))
        {
            (await blocked.WaitForAsync("refused")).Code.Should().Be("0x4DF");
        }

        from = host.LineCount;
        File.WriteAllText(host.SettingsFile, good.Replace("program1.exe", "outlook.exe", StringComparison.Ordinal));
        await host.WaitForLineAsync("can be read again", from);

        (await outlook.WaitForAsync("refused")).Code.Should().Be("0x4DF");
        (await host.GetHealthAsync()).Should().StartWith("Healthy");
        using var unblocked = host.Client("--process", "program1.exe");
        await unblocked.WaitForAsync("mailboxOpen");
    }

    [Fact]
    public async Task TheEmbeddedServer_RefusesAndCuts()
    {
        using var folder = new TemporaryFolder();
        var settings = Path.Combine(folder.Path, "appsettings.json");
        File.WriteAllText(settings, """{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe" } }""");
        using var server = new ChildProcess(BuiltProgram.Sample("EmbeddedServer"), "--contentRoot", folder.Path, "--urls", "http://127.0.0.1:0");
        var url = (await server.WaitForLineAsync("Now listening on:")).Split("on: ")[1].Trim();

        using var refused = new RunningClient(url, "--process", "program1.exe");
        (await refused.WaitForAsync("refused")).Code.Should().Be("0x4DF");
        using var cut = new RunningClient(url, "--process", "program2.exe");
        await cut.WaitForAsync("connected");
        File.WriteAllText(settings, """{ "MapiGate": { "DisableMapiClientProcesses": "program2.exe" } }""");
        (await cut.WaitForAsync("refused")).Code.Should().Be("0x4DF");
    }

    /// <summary>The moment of a line of the host's log, on the day of another moment near it.</summary>
    private static DateTimeOffset TimeOf(string line, DateTimeOffset near)
    {
        var time = TimeSpan.ParseExact(line[..12], @"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);
        var local = near.ToLocalTime();
        return new DateTimeOffset(local.Date + time, local.Offset);
    }
}
