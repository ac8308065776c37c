using MapiGate.Management.Tests.Browser;
using Microsoft.Playwright;

namespace MapiGate.Fleet.Tests.Management;

/// <summary>What an administrator of many gates sees on the page of one.</summary>
public class FleetPageTests
{
    [SkippableFact]
    public async Task Page_ShowsEveryGate_WhoseEachSessionIs_AndWhoIsSilent()
    {
        OpenPage.SkipIfMissing();
        await using var fleet = await ManagedFleet.StartAsync();
        fleet.A.Logon("one.exe", @"CORP\jane");
        using var kicked = fleet.B.Logon("two.exe", @"CORP\john");
        using var b = fleet.B.Logon("one.exe", @"CORP\marie");
        await using var page = await OpenPage.AsAdministratorAsync(fleet.A.Url, fleet.A.Token);

        foreach (var gate in new[] { "gate-a", "gate-b", "gate-c" })
        {
            await page.ExpectAsync($"#gates tr:has-text('{gate}')", "SYNCED");
        }

        await page.ExpectAsync("#gates-total", "3 of 3 synced");
        await page.ExpectAsync("#sessions tr:has-text('john')", "gate-b");
        await page.ExpectAsync("#sessions-total", "3 in all");

        // By keyboard: the session of the gate that it stands for, and no other.
        await page.Button($"Kick session {kicked.Id} of gate-b").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectAsync("#question-text", $"session {kicked.Id} of gate-b");
        await page.AgreeAsync();
        await page.ExpectAsync("#done", "1 of 2 sessions disconnected");
        kicked.IsDisconnected.Should().BeTrue();
        await page.ExpectAsync("#journal", "gate-b Disconnected");

        // More than a change may cut in all gates: seen, asked, let through.
        await page.ApplyAsync("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe", "MaxDisconnects": 1 } }""", "INC-4711");
        await page.ExpectAsync("#preview", "in gate-b: 1");
        await page.ExpectAsync("#preview", "That is past MaxDisconnects = 1.");
        await page.ExpectAsync("#question-text", "2 of 2 sessions in all gates");
        await page.ShootAsync("fleet-question");
        b.IsDisconnected.Should().BeFalse();
        await page.AgreeAsync();
        await page.ExpectAsync("#done", "Done");
        await page.ExpectAsync("#gates tr:has-text('gate-b')", "1.2");
        b.IsDisconnected.Should().BeTrue();
        fleet.B.Gatekeeper.TryLogon(new MapiClient { ProcessNames = ["one.exe"], UserName = @"CORP\marie" }, out _, out _).Should().BeFalse();
        await page.ExpectAsync("#refused", "gate-b");

        await fleet.C.StopAsync();
        await page.ExpectAsync("#missing", "No answer from gate-c");
        await page.ShootAsync("fleet");
        page.Complaints.Should().BeEmpty();
    }
}
