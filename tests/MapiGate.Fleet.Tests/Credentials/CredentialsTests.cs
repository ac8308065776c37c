using MapiGate.Fleet.Tests.Gates;
using MapiGate.Fleet.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MapiGate.Fleet.Tests.Credentials;

/// <summary>Each kind of credentials that the settings offer lets a gate in, and files that hold none fail the start.</summary>
[Collection(nameof(RefusedGates))]
public sealed class CredentialsTests(RefusedGates gates)
{
    private CredentialServers Servers => gates.Servers;

    [SkippableTheory]
    [InlineData("guarded", "CertificateAuthorityFile=rights-ca.pem", "NKeySeedFile=gate.seed", "AdministratorNKeySeedFile=administrator.seed")]
    [InlineData("operator", "CredentialsFile=gate.creds", "AdministratorCredentialsFile=gate.creds")]
    [InlineData("asking", "CertificateAuthorityFile=ca.pem", "ClientCertificateFile=client.pem", "ClientKeyFile=client.key")]
    [InlineData("tls", "CertificateAuthorityFile=ca.pem")]
    public async Task Gate_ComesWithWhatTheServerAsksFor_WritesAndFollows(string server, params string[] files)
    {
        NatsServer.SkipIfMissing();
        await using var gate = await Servers.StartGateAsync(server, files);

        (await gate.BlockAsync("bad.exe")).Outcome.Should().Be(PolicyWriteOutcome.Written);

        gate.Allows("bad.exe").Should().BeFalse();
        await gate.WaitForAsync("gate-1", FleetGateState.Synced, new PolicyPosition(1, 1));
        gate.Gatekeeper.Status.Error.Should().BeNull();
        gate.Log.Entries.Should().NotContain(entry => entry.EventId.Name == "ConnectFailed" || entry.EventId.Name == "ServerRefused");
    }

    [Theory]
    [InlineData("CredentialsFile=gate.seed", "CredentialsFile", "as nsc does")]
    [InlineData("AdministratorCredentialsFile=ca.pem", "AdministratorCredentialsFile", "as nsc does")]
    [InlineData("AdministratorNKeySeedFile=ca.pem", "AdministratorNKeySeedFile", "begins with SU")]
    [InlineData("CertificateAuthorityFile=client.key", "CertificateAuthorityFile", "write it as PEM")]
    [InlineData("ClientCertificateFile=client.pem;ClientKeyFile=foreign.key", "ClientKeyFile", "belongs to ClientCertificateFile")]
    [InlineData("ClientCertificateFile=client.key;ClientKeyFile=client.key", "ClientKeyFile", "belongs to ClientCertificateFile")]
    public void File_HoldsSomethingElse_FailsTheStart_WithKeyValueAndFix(string files, string key, string fix)
    {
        using var folder = new CredentialFolder();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var settings = files.Split(';').Select(file => file.Split('=')).ToDictionary(file => $"Fleet:{file[0]}", file => (string?)folder.PathOf(file[1]));
        builder.Configuration.AddInMemoryCollection(settings).AddInMemoryCollection([KeyValuePair.Create("Fleet:Servers", (string?)"nats://127.0.0.1:4222")]);

        builder.Invoking(host => host.AddMapiGateFleet()).Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle()
            .Which.Should().StartWith($"Fleet:{key} is \"{settings[$"Fleet:{key}"]}\"; ").And.Contain(fix);
    }

    [Theory]
    [InlineData("nats://anna:secret@nats-1:4222")]
    [InlineData("nats://nats-1:4222;tls://secret@nats-2:4222")]
    public void Servers_NameAPasswordOrToken_FailsTheStart_AndTheyAreNotTold(string servers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Fleet:Servers", (string?)servers)]);

        builder.Invoking(host => host.AddMapiGateFleet()).Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle()
            .Which.Should().StartWith("Fleet:Servers is ").And.Contain("Fleet:NKeySeedFile").And.NotContain("secret");
    }
}
