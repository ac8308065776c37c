using System.Diagnostics;
using MapiGate.TestSupport;
using MapiGate.TestSupport.Processes;

namespace MapiGate.EndToEnd.Tests.CommandLine;

/// <summary>How whoever starts a host learns where it is managed.</summary>
public class AnnouncementTests
{
    private const string Ready = "Manage the gate at http://127.0.0.1:";

    [Fact]
    public async Task OnATerminal_TheAddressIsPrintedWithItsToken_ReadyToClick()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(BuiltProgram.SampleFolder("StoreServiceHost"), "appsettings.json"), Path.Combine(folder.Path, "appsettings.json"));
        var command = $"dotnet {BuiltProgram.Sample("StoreServiceHost")} --contentRoot {folder.Path} --urls http://127.0.0.1:0 --Management:Url http://127.0.0.1:0";
        using var host = new ChildProcess(new ProcessStartInfo("script", ["-qec", command, "/dev/null"]));

        var line = await host.WaitForLineAsync(Ready);

        var parts = line[line.IndexOf("http", StringComparison.Ordinal)..].Trim().Split("/mapigate/#token=");
        File.ReadAllText(Path.Combine(folder.Path, "mapigate.tokens.json")).Should().Contain(parts[1]);
    }

    [Fact]
    public async Task Elsewhere_TheLogNamesTheFile_AndNeverTheToken()
    {
        using var host = await StoreHost.StartAsync();

        (await host.WaitForLineAsync("The gate is managed at")).Should().Contain(host.TokenFile);
        host.Lines.Should().NotContain(line => line.Contains(host.Token) || line.Contains(Ready));
    }
}
