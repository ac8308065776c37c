using System.Text.Json.Nodes;
using MapiGate.Gateway.Tests.Processes;
using MapiGate.Gateway.Tests.Tls;
using MapiGate.TestSupport.Processes;

namespace MapiGate.Gateway.Tests.Docs;

/// <summary>docs/gateway.md tells the truth: its commands and files do what it says. Builds and installation are tested beside them.</summary>
public sealed class GatewayDocumentTests : IDisposable
{
    private const string Tour = "dotnet run --project src/MapiGate.Gateway -- ";

    private readonly string _folder = Directory.CreateTempSubdirectory("document-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheTour_IsTheSameHereAndInTheReadme_AndWorks()
    {
        var command = GatewayDocument.Blocks(GatewayDocument.Text, "sh").Single(block => block.StartsWith(Tour, StringComparison.Ordinal));
        GatewayDocument.Readme.Should().Contain(command);
        foreach (var other in (string[])["samples/StoreServiceHost -- --Management:Url \"\"", "samples/MapiClient -- --url http://127.0.0.1:8024"])
        {
            GatewayDocument.Text.Should().Contain(other);
            GatewayDocument.Readme.Should().Contain(other);
        }

        using var server = await StoreServer.StartAsync();

        // At ports of its own: others may be at the tour's.
        var arguments = command[Tour.Length..].Trim().Replace("http://127.0.0.1:8025", server.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal).Split(' ');
        using var gateway = new ChildProcess(BuiltProgram.Gateway, ["--contentRoot", BuiltProgram.GatewayFolder, .. arguments, "--Gateway:Listen", "http://127.0.0.1:0", "--Gateway:Management", "http://127.0.0.1:0", "--Gateway:DataDirectory", _folder]);
        var started = await gateway.WaitForLineAsync("clients at");

        using var client = new RunningClient(started.Split("clients at ")[1].Split(',')[0], "--process", "program1.exe", "--once");
        (await client.WaitForExitAsync()).Should().Be(0);
    }

    [Fact]
    public async Task EachFileInIt_StartsAGateway()
    {
        var files = GatewayDocument.Blocks(GatewayDocument.Text, "json");
        files.Should().HaveCount(2);
        using var certificate = TestCertificate.Create();
        foreach (var file in files)
        {
            var settings = JsonNode.Parse(file)!;
            var section = settings["Gateway"]!.AsObject();
            section["Listen"] = section["Listen"]!.GetValue<string>().Replace("*:443", "127.0.0.1:0", StringComparison.Ordinal);
            section["Management"] = "http://127.0.0.1:0";
            WriteCertificate(certificate, section);
            await File.WriteAllTextAsync(Path.Combine(_folder, "gateway.json"), settings.ToJsonString());

            // Each starts from nothing: what another left in the default place would be the policy in force before.
            var data = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
            using var gateway = new ChildProcess(BuiltProgram.Gateway, "--contentRoot", _folder, "--Gateway:DataDirectory", data);

            (await gateway.WaitForLineAsync("clients at")).Should().Contain("https://127.0.0.1:");
            gateway.Lines.Should().Contain(line => line.Contains("program1.exe", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EverySetting_IsInTheTable_AndNoOther()
    {
        using var gateway = new ChildProcess(BuiltProgram.Gateway, "--Gateway:Nonsense", "1");
        var keys = (await gateway.WaitForLineAsync("or use one of ")).Split("or use one of ")[1].TrimEnd('.').Split(", ");

        var table = GatewayDocument.Text.Split("## Settings")[1].Split("\n## ")[0];
        table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).Should().BeEquivalentTo(keys);
    }

    private void WriteCertificate(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, JsonObject section)
    {
        var path = Path.Combine(_folder, "certificate");
        if (section["CertificatePassword"] is { } password)
        {
            certificate.WritePfx(path, password.GetValue<string>());
        }
        else
        {
            certificate.WritePem(path);
        }

        section["CertificateFile"] = path;
    }
}
