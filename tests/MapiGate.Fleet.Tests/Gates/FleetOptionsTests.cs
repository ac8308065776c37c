using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MapiGate.Fleet.Tests.Gates;

/// <summary>The section Fleet: a value that can't be used fails the start, and says what to write.</summary>
public class FleetOptionsTests
{
    [Theory]
    [InlineData("Fleet:Servers", "http://nats1:4222", "nats://")]
    [InlineData("Fleet:Servers", "nats1", "nats://")]
    [InlineData("Fleet:Gate", "a\nb", "name this gate")]
    [InlineData("Fleet:NKeySeedFile", "/nowhere/seed", "no such file")]
    [InlineData("Fleet:AdministratorCredentialsFile", "/nowhere/creds", "no such file")]
    [InlineData("Fleet:CertificateAuthorityFile", "/nowhere/ca.pem", "no such file")]
    [InlineData("Fleet:ClientCertificateFile", "/nowhere/client.pem", "no such file")]
    [InlineData("Fleet:ClientKeyFile", "/nowhere/client.key", "or neither")]
    [InlineData("Fleet:Replicas", "2", "1, 3 or 5")]
    [InlineData("Fleet:Replicas", "many", "1, 3 or 5")]
    [InlineData("Fleet:Server", "nats://nats1:4222", "Fleet:Server is no setting")]
    [InlineData("Fleet:Servers:0", "nats://nats1:4222", "Fleet:Servers is no setting")]
    public void AddMapiGateFleet_ValueThatCannotBeUsed_NamesKeyValueAndFix(string key, string value, string fix)
    {
        var builder = Build(("Fleet:Servers", key.StartsWith("Fleet:Servers", StringComparison.Ordinal) ? null : "nats://127.0.0.1:4222"), (key, value));

        var failure = builder.Invoking(host => host.AddMapiGateFleet()).Should().Throw<OptionsValidationException>().Which.Failures;

        failure.Should().Contain(text => text.Contains(key.Replace(":0", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal) && text.Contains(fix, StringComparison.Ordinal));
    }

    [Fact]
    public void AddMapiGateFleet_SeedThatIsNone_FailsTheStart()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "seed");
        File.WriteAllText(file, "SUAMNOTASEED");
        var builder = Build(("Fleet:Servers", "nats://127.0.0.1:4222"), ("Fleet:NKeySeedFile", file));

        builder.Invoking(host => host.AddMapiGateFleet()).Should().Throw<OptionsValidationException>().WithMessage($"*Fleet:NKeySeedFile is \"{file}\"*begins with SU*");
    }

    [Fact]
    public void AddMapiGateFleet_WithoutServers_AddsNothing()
    {
        var builder = Build(("Fleet:Gate", "gate-a"));
        var (services, sources) = (builder.Services.Count, builder.Configuration.Sources.Count);

        builder.AddMapiGateFleet();

        builder.Services.Should().HaveCount(services);
        builder.Configuration.Sources.Should().HaveCount(sources);
    }

    [Fact]
    public void AddMapiGateFleet_WithoutAGate_FailsTheStart_AndSaysWhatToCall()
    {
        var builder = Build(("Fleet:Servers", "nats://127.0.0.1:4222"));
        builder.AddMapiGateFleet();
        using var host = builder.Build();

        host.Services.Invoking(services => services.GetRequiredService<IPolicyStore>()).Should().Throw<InvalidOperationException>();
        host.Invoking(started => started.Start()).Should().Throw<InvalidOperationException>().WithMessage("*services.AddMapiGate(builder.Configuration)*");
    }

    private static HostApplicationBuilder Build(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Where(setting => setting.Value is not null).Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        return builder;
    }
}
