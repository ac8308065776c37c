using MapiGate.Fleet.Tests.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet.Tests.Credentials;

/// <summary>A gate that is not let in says why, in its log, its status and its health: which setting, what stands there, what to do.</summary>
[Collection(nameof(RefusedGates))]
public sealed class RefusedGateTests(RefusedGates gates)
{
    [SkippableTheory]
    [InlineData("guarded, no key", "(authorization violation)", "Fleet:NKeySeedFile is \"\"", "name the file with its seed")]
    [InlineData("guarded, unknown key", "(authorization violation)", "Fleet:NKeySeedFile is \"{unknown.seed}\"", "has to stand in the servers' rights.conf")]
    [InlineData("guarded, foreign authority", "No authority vouches", "Fleet:CertificateAuthorityFile is \"{foreign-ca.pem}\"", "it has to hold who vouches")]
    [InlineData("guarded, no authority", "certificate chain", "Fleet:CertificateAuthorityFile is \"\"", "it has to hold who vouches")]
    [InlineData("operator, no credentials", "(authorization violation)", "Fleet:CredentialsFile", "the one with its credentials")]
    [InlineData("operator, credentials that have run out", "(authorization violation)", "Fleet:CredentialsFile is \"{over.creds}\"", "must not have run out")]
    [InlineData("expired, any", "Its certificate is good from", "Fleet:CertificateAuthorityFile is \"{ca.pem}\"", "good now")]
    [InlineData("elsewhere, any", "Its certificate is not for the name 127.0.0.1", "Fleet:CertificateAuthorityFile is \"{ca.pem}\"", "the name in Fleet:Servers")]
    [InlineData("plain, authority", "speaks no TLS", "Fleet:CertificateAuthorityFile is \"{ca.pem}\"", "leave the setting out")]
    [InlineData("asking, no certificate", "does not take the certificate", "Fleet:ClientCertificateFile is \"\"", "ca_file vouches for")]
    [InlineData("asking, foreign certificate", "does not take the certificate", "Fleet:ClientCertificateFile is \"{foreign.pem}\"", "ca_file vouches for")]
    [InlineData("asking, expired certificate", "does not take the certificate", "Fleet:ClientCertificateFile is \"{expired.pem}\"", "good now")]
    public async Task Gate_IsNotLetIn_SaysWhy_WithKeyValueAndFix(string name, string why, string setting, string fix)
    {
        NatsServer.SkipIfMissing();
        var gate = gates[name];
        string[] said = [why, gates.NamePath(setting), fix];

        await gate.UntilAsync(() => said.All(part => gate.Gatekeeper.Status.Error?.Contains(part, StringComparison.Ordinal) == true));

        (await gate.CheckHealthAsync()).Status.Should().Be(HealthStatus.Degraded);
        (await gate.Fleet.ReadAsync()).Error.Should().ContainAll(said);
        gate.Log.Entries.Where(entry => entry.EventId.Name == "ConnectFailed").Should().ContainSingle().Which
            .Should().Match<MapiGate.TestSupport.LogEntry>(entry => entry.Level == LogLevel.Warning && said.All(part => entry.Message.Contains(part, StringComparison.Ordinal)));
        gate.Log.Entries.Should().NotContain(entry => entry.EventId.Name == "ServerRefused" || entry.EventId.Name == "StepFailed");
    }

    [SkippableFact]
    public async Task Administrator_IsNotLetIn_TheGateFollows_AndSaysSo()
    {
        NatsServer.SkipIfMissing();
        var gate = gates["guarded, unknown administrator"];

        await gate.UntilAsync(() => gate.Gatekeeper.Status.Error?.Contains(gates.NamePath("Fleet:AdministratorNKeySeedFile is \"{unknown.seed}\""), StringComparison.Ordinal) == true);

        gate.Log.Entries.Should().Contain(entry => entry.EventId.Name == "Connected");
        (await gate.CheckHealthAsync()).Status.Should().Be(HealthStatus.Degraded);
        (await gate.Store.WriteAsync("""{ "MapiGate": { } }""", "none", "anna", "a test")).Errors.Single().Should().Contain("Fleet:AdministratorNKeySeedFile");
    }
}
