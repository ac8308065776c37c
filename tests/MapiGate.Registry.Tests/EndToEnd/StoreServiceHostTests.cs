using MapiGate.Registry.Tests.Wine;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Registry.Tests.EndToEnd;

/// <summary>
/// The store-service host, built for Windows and running on Windows' calls; clients on this side that hold sessions over
/// HTTP; and the reg command as the administrator's hand.
/// </summary>
public sealed class StoreServiceHostTests(WineSetup wine) : RegistryTest(wine)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    [SkippableFact]
    public async Task AValueWhoseKeyWasNotThere_CutsItsProgramsAtOnce_AndNobodyElse_UntilItIsDeleted()
    {
        using var host = await StartHostAsync();
        var program1 = await host.LogonAsync("--process", "program1.exe");
        var program2 = await host.LogonAsync("--process", @"C:\Program Files\PROGRAM2.EXE", "--user", "johndoe");
        var outlook = await host.LogonAsync("--process", "OUTLOOK.EXE");
        var nameless = await host.LogonAsync("--no-process", "--user", "marieroe");

        await Administrator.AddAsync("program1.exe; program2.exe");
        var written = TimeProvider.System.GetUtcNow();

        foreach (var cut in (RunningClient[])[program1, program2])
        {
            ((await cut.WaitForAsync("cut")).Time - written).Should().BeLessThan(AtOnce);
            (await cut.WaitForAsync("refused")).Code.Should().Be("0x4DF", "its reconnect is refused, too");
        }

        Stays(outlook, nameless);

        await Administrator.DeleteAsync();
        await host.WaitForLineAsync("removed program1.exe; program2.exe");

        await host.LogonAsync("--process", "program1.exe");
        Stays(outlook, nameless);
    }

    [SkippableFact]
    public async Task AKeyThatIsDeletedAndCreatedAgain_IsFollowed()
    {
        await Administrator.AddAsync("program1.exe");
        using var host = await StartHostAsync();
        var program2 = await host.LogonAsync("--process", "program2.exe");
        await host.Client("--process", "program1.exe").WaitForAsync("refused");

        await Administrator.DeleteKeyAsync();
        await host.WaitForLineAsync("removed program1.exe");
        await host.LogonAsync("--process", "program1.exe");
        Stays(program2);

        await Administrator.AddAsync("program2.exe");
        var written = TimeProvider.System.GetUtcNow();
        ((await program2.WaitForAsync("cut")).Time - written).Should().BeLessThan(AtOnce);
    }

    [SkippableFact]
    public async Task ADWord_LeavesTheOldPolicyInForce_AndHealthDegraded_UntilItIsRepaired()
    {
        await Administrator.AddAsync("program1.exe");
        using var host = await StartHostAsync();
        var program2 = await host.LogonAsync("--process", "program2.exe");
        (await host.GetHealthAsync()).Should().StartWith("Healthy");

        await Administrator.AddAsync("1", type: "REG_DWORD");
        await host.WaitForLineAsync("Policy rejected");

        (await host.GetHealthAsync()).Should().StartWith("Degraded").And.Contain("is a REG_DWORD");
        await host.Client("--process", "program1.exe").WaitForAsync("refused");
        Stays(program2);

        await Administrator.AddAsync("program2.exe");
        await program2.WaitForAsync("refused");
        await host.WaitForLineAsync("can be read again");
        (await host.GetHealthAsync()).Should().StartWith("Healthy");
        await host.LogonAsync("--process", "program1.exe");
    }

    [SkippableFact]
    public async Task TwoHundredQuickChanges_EndWithTheLastInForce()
    {
        await Administrator.AddAsync("program0.exe");
        using var host = await StartHostAsync();
        var (hand, _) = await StartProbeAsync("WatchForChanges=false");
        var last = await host.LogonAsync("--process", "program200.exe");

        await hand.SendAsync("burst 200");

        await last.WaitForAsync("refused");
        await host.LogonAsync("--process", "program199.exe");
    }

    [SkippableFact]
    public async Task TheRegistry_WinsOverTheFile_AndTheLogSaysWhereEachValueComesFrom()
    {
        await Administrator.AddAsync("program1.exe");
        using var host = await StartHostAsync(processesInFile: "program2.exe");

        await host.WaitForLineAsync(@"DisableMapiClientProcesses from Registry HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem");
        var program2 = await host.LogonAsync("--process", "program2.exe");
        await host.Client("--process", "program1.exe").WaitForAsync("refused");

        var from = host.LineCount;
        await Administrator.DeleteAsync();

        await program2.WaitForAsync("refused");
        (await host.WaitForLineAsync("Settings read", from)).Should()
            .MatchRegex(@"DisableMapiClientProcesses.* from .*appsettings\.json").And.NotContain("Registry");
    }

    private static void Stays(params RunningClient[] clients) =>
        clients.SelectMany(client => client.Events).Should().OnlyContain(line => line.Event == "connected" || line.Event == "mailboxOpen");

    private Task<WindowsStoreHost> StartHostAsync(string processesInFile = "") => WindowsStoreHost.StartAsync(Wine, processesInFile);
}
