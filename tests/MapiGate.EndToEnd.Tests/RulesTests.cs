using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MapiGate.TestSupport.Processes;

namespace MapiGate.EndToEnd.Tests;

/// <summary>Each setting changed in appsettings.json while clients are connected, seen from the clients' side.</summary>
public sealed partial class RulesTests : IAsyncLifetime, IDisposable
{
    private readonly List<RunningClient> _clients = [];
    private StoreHost _host = null!;

    public async Task InitializeAsync() => _host = await StoreHost.StartAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _host.Dispose();
    }

    [Fact]
    public async Task AWildcard_CutsEveryProgramItNames()
    {
        var mfcmapi = await LogonAsync("--process", "MFCMapi.exe");
        var mfcmapi64 = await LogonAsync("--process", @"C:\Tools\MFCMapi64.exe");
        var outlook = await LogonAsync("--process", "OUTLOOK.EXE");

        await _host.EditPolicyAsync(policy => policy["DisableMapiClientProcesses"] = "mfcmapi*.exe");

        await mfcmapi.WaitForAsync("refused");
        await mfcmapi64.WaitForAsync("refused");
        Stays(outlook);
    }

    [Fact]
    public async Task ARangeOfVersions_CutsThoseInIt_AndAClientWithoutOneOnlyWhenToldTo()
    {
        var old = await LogonAsync("--client-version", "11.0.5608.5606");
        var current = await LogonAsync("--client-version", "16.0.15928.20006");
        var versionless = await LogonAsync("--client-version", "none");

        await _host.EditPolicyAsync(policy => policy["DisableMapiClients"] = "-12, 14.0.6126.5001");

        await old.WaitForAsync("refused");
        Stays(current, versionless);

        await _host.EditPolicyAsync(policy => policy["ClientsWithoutVersion"] = "Deny");

        await versionless.WaitForAsync("refused");
        Stays(current);
    }

    [Fact]
    public async Task ClientsWithoutProcessName_Denied_AreCut()
    {
        var nameless = await LogonAsync("--no-process");
        var outlook = await LogonAsync("--process", "OUTLOOK.EXE");

        await _host.EditPolicyAsync(policy => policy["ClientsWithoutProcessName"] = "Deny");

        await nameless.WaitForAsync("refused");
        Stays(outlook);
    }

    [Fact]
    public async Task AnExemption_KeepsItsUser_WhileEverybodyElseIsCut()
    {
        var service = await LogonAsync("--process", "backup.exe", "--user", "backupagent");
        var jane = await LogonAsync("--process", "backup.exe", "--user", "janedow");

        await _host.EditPolicyAsync(policy =>
        {
            policy["DisableMapiClientProcesses"] = "backup.exe";
            policy["Exemptions"] = new JsonObject { ["nightly-backup"] = new JsonObject { ["Process"] = "backup.exe", ["User"] = "backup*", ["Reason"] = "nightly run" } };
        });

        await jane.WaitForAsync("refused");
        Stays(service);
        var another = await LogonAsync("--process", "backup.exe", "--user", "backupagent");

        await _host.EditPolicyAsync(policy => policy.Remove("Exemptions"));

        await service.WaitForAsync("refused");
        await another.WaitForAsync("refused");
    }

    [Fact]
    public async Task ARuleOnlyReported_TouchesNobody_UntilItIsEnforced()
    {
        await _host.EditPolicyAsync(policy => policy["ReportOnly"] = new JsonObject { ["DisableMapiClientProcesses"] = "mfc*.exe" });
        var from = _host.LineCount;
        var mfcmapi = await LogonAsync("--process", "MFCMapi.exe");
        await _host.WaitForLineAsync("would be refused by rule \"mfc*.exe\"", from);

        await _host.EditPolicyAsync(policy =>
        {
            policy.Remove("ReportOnly");
            policy["DisableMapiClientProcesses"] = "mfc*.exe";
            policy["Mode"] = "ReportOnly";
        });
        Stays(mfcmapi);

        await _host.EditPolicyAsync(policy => policy["Mode"] = "Enforce");
        await mfcmapi.WaitForAsync("refused");
    }

    [Fact]
    public async Task AChangePastTheFuse_LeavesEveryoneConnected_AndIsMadeOnceConfirmed()
    {
        var outlook = await LogonAsync("--process", "OUTLOOK.EXE", "--count", "3");
        await outlook.WaitForMailboxesAsync(3);

        var held = await _host.EditPolicyAsync(policy =>
        {
            policy["MaxDisconnects"] = 2;
            policy["DisableMapiClientProcesses"] = "outlook.exe";
        }, "Policy change held");

        held.Should().Contain("would disconnect 3 of 3 sessions (\"OUTLOOK.EXE\" 3), past MaxDisconnects = 2");
        (await _host.GetHealthAsync()).Should().StartWith("Degraded").And.Contain("held");
        Stays(outlook);
        var newcomer = await LogonAsync("--process", "OUTLOOK.EXE");

        await _host.EditPolicyAsync(policy => policy["ConfirmChange"] = Fingerprint().Match(held).Groups[1].Value);

        await outlook.WaitForAsync("refused");
        await newcomer.WaitForAsync("refused");
        (await _host.GetHealthAsync()).Should().StartWith("Healthy");
    }

    [Fact]
    public async Task AFinding_IsLoggedWhenThePolicyComesIntoForce()
    {
        var from = _host.LineCount;
        await _host.EditPolicyAsync(policy => policy["DisableMapiClientProcesses"] = "a.exe, b.exe");

        (await _host.WaitForLineAsync("MG1005", from)).Should().Contain("write a.exe; b.exe");
    }

    private static void Stays(params RunningClient[] clients) =>
        clients.SelectMany(client => client.Events).Should().OnlyContain(line => line.Event == "connected" || line.Event == "mailboxOpen");

    private async Task<RunningClient> LogonAsync(params string[] arguments)
    {
        var client = _host.Client(arguments);
        _clients.Add(client);
        await client.WaitForAsync("mailboxOpen");
        return client;
    }

    [GeneratedRegex("set ConfirmChange to \"([0-9a-f]+)\"")]
    private static partial Regex Fingerprint();
}
