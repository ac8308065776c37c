using System.Diagnostics.Metrics;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MapiGate.Tests.Configuration;

/// <summary>A real host, a real file, and edits to it.</summary>
public sealed class PolicyFollowingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-").FullName;
    private readonly RecordingLogger _log = new();
    private IHost? _host;

    private Gatekeeper Gatekeeper => _host!.Services.GetRequiredService<Gatekeeper>();

    private string File => Path.Combine(_folder, "policy.json");

    public void Dispose()
    {
        _host?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Start_ThePolicyInTheFile_IsInForceAsRevision0()
    {
        await StartAsync(Policy("program1.exe"));

        Gatekeeper.Revision.Should().Be(0);
        Gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeFalse();
        (await _log.WaitForAsync("PolicyAtStart")).Message.Should().EndWith("program1.exe");
    }

    [Theory]
    [InlineData("Perhaps", "MapiGate:ClientsWithoutProcessName is \"Perhaps\"; write Allow or Deny.")]
    [InlineData("1", "MapiGate:ClientsWithoutProcessName is \"1\"; write Allow or Deny.")]
    public async Task Start_AWrongValue_FailsWithKeyValueAndFix(string value, string message)
    {
        var start = () => StartAsync($$"""{ "MapiGate": { "ClientsWithoutProcessName": "{{value}}" } }""");

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().Equal(message);
    }

    [Fact]
    public async Task Start_AListWhereATextBelongs_FailsAndSaysHowToWriteIt()
    {
        var start = () => StartAsync("""{ "MapiGate": { "DisableMapiClientProcesses": ["program1.exe", "program2.exe"] } }""");

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Message
            .Should().Be("MapiGate:DisableMapiClientProcesses is a list or an object; write one text, as in \"program1.exe; program2.exe\".");
    }

    [Fact]
    public async Task AnEdit_IsAppliedOnce_HoweverOftenTheWatcherSignals()
    {
        await StartAsync(Policy(""));
        var session = Gatekeeper.Logon("program1.exe");

        Write(Policy("program1.exe"));
        await _log.WaitForAsync("PolicyChanged");
        var root = (IConfigurationRoot)_host!.Services.GetRequiredService<IConfiguration>();
        root.Reload();
        root.Reload();

        session.IsDisconnected.Should().BeTrue();
        Gatekeeper.Revision.Should().Be(1);
    }

    [Fact]
    public async Task AnEditThatSaysTheSameOtherwise_IsNoChange()
    {
        await StartAsync(Policy("program1.exe; program2.exe"));

        Write(Policy("PROGRAM2.EXE;program1.exe"));
        Write(Policy("PROGRAM2.EXE;program1.exe;;"));
        ((IConfigurationRoot)_host!.Services.GetRequiredService<IConfiguration>()).Reload();

        Gatekeeper.Revision.Should().Be(0);
    }

    [Fact]
    public async Task AWrongReload_KeepsTheOldPolicy_SaysSo_AndTheNextGoodEditIsApplied()
    {
        await StartAsync(Policy("program1.exe"));
        using var metrics = new RecordedMetrics(_host!.Services.GetRequiredService<IMeterFactory>());

        Write("""{ "MapiGate": { "DisableMapiClientProcesses": "", "ClientsWithoutProcessName": "Perhaps" } }""");
        var rejected = await _log.WaitForAsync("PolicyRejected");

        rejected.Level.Should().Be(LogLevel.Error);
        rejected.Message.Should().Contain("MapiGate:ClientsWithoutProcessName is \"Perhaps\"");
        Gatekeeper.Revision.Should().Be(0);
        Gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeFalse();
        Gatekeeper.Status.IsLastKnownGood.Should().BeTrue();
        Gatekeeper.Status.Since.Should().NotBeNull();
        metrics.Sum("mapigate.policy.changes{rejected}").Should().Be(1);
        metrics.Observe("mapigate.policy.last_known_good").Should().Be(1);

        Write(Policy("program2.exe"));
        await _log.WaitForAsync("PolicyRecovered");

        Gatekeeper.Revision.Should().Be(1);
        Gatekeeper.TryLogon(Gate.Client("program2.exe"), out _, out _).Should().BeFalse();
        Gatekeeper.Status.ToString().Should().Be("The policy in force is the one last written.");
        metrics.Observe("mapigate.policy.last_known_good").Should().Be(0);
    }

    [Fact]
    public async Task GarbageInTheFile_KeepsTheOldPolicy_EvenWhenAnotherSourceReloads()
    {
        await StartAsync(Policy("program1.exe"));

        Write("{ garbage");
        var rejected = await _log.WaitForAsync("PolicyRejected");
        ((IConfigurationRoot)_host!.Services.GetRequiredService<IConfiguration>())
            .Providers.OfType<RestlessProvider>().Single().Set("MapiGate:ClientsWithoutProcessName", "Deny");

        rejected.Message.Should().Contain("policy.json cannot be read");
        Gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeFalse("the file's last good value holds");
        Gatekeeper.TryLogon(new MapiClient(), out _, out _).Should().BeTrue("nothing is followed while a file cannot be read");
        Gatekeeper.Status.Error.Should().Contain("policy.json");

        Write(Policy(""));
        await _log.WaitForAsync("PolicyRecovered");

        Gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeTrue();
        Gatekeeper.TryLogon(new MapiClient(), out _, out _).Should().BeFalse("the other source's change is heard with the repair");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GarbageInAFile_WhoseFailureTheHostIgnores_OrThatIsChained_KeepsTheOldPolicyToo(bool chained)
    {
        await StartAsync(Policy("program1.exe"), builder =>
        {
            if (chained)
            {
                var inner = new ConfigurationBuilder().AddJsonFile(File, optional: false, reloadOnChange: true).Build();
                builder.Configuration.Sources.Clear();
                builder.Configuration.AddConfiguration(inner);
            }
            else
            {
                builder.Configuration.Sources.OfType<JsonConfigurationSource>().Single().OnLoadException = failure => failure.Ignore = true;
            }
        });

        Write("{ garbage");
        await _log.WaitForAsync("PolicyRejected");

        Gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeFalse();
        Gatekeeper.Status.IsLastKnownGood.Should().BeTrue();
        Write(Policy(""));
        await _log.WaitForAsync("PolicyRecovered");
        Gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeTrue();
    }

    [Fact]
    public async Task GarbageThenTheSamePolicyAgain_RecoversWithoutAChange()
    {
        await StartAsync(Policy("program1.exe"));

        Write("");
        await _log.WaitForAsync("PolicyRejected");
        Write(Policy("program1.exe"));
        await _log.WaitForAsync("PolicyRecovered");

        Gatekeeper.Revision.Should().Be(0);
        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    [Fact]
    public async Task TheLog_SaysWhichSourceEachSettingCameFrom()
    {
        await StartAsync(Policy("program1.exe"));

        ((IConfigurationRoot)_host!.Services.GetRequiredService<IConfiguration>())
            .Providers.OfType<RestlessProvider>().Single().Set("MapiGate:DisableMapiClientProcesses", "program2.exe");

        await _log.WaitForAsync(entry => entry.Message.Contains("from RestlessProvider"));
        var lines = _log.Entries.Where(entry => entry.EventId.Name == "SettingsRead").Select(entry => entry.Message).ToList();
        lines[0].Should().Be($"Settings read: DisableMapiClientProcesses from {File}");
        lines[1].Should().Contain("DisableMapiClientProcesses from RestlessProvider");
    }

    [Fact]
    public async Task AValueThatIsDeleted_IsAnEmptyPolicy()
    {
        await StartAsync(Policy("program1.exe"));

        Write("{}");
        await _log.WaitForAsync("PolicyChanged");

        Gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeTrue();
        Gatekeeper.Status.IsLastKnownGood.Should().BeFalse();
    }

    [Fact]
    public void AddMapiGate_InCode_NeedsNoConfigurationAndNoHost()
    {
        using var services = new ServiceCollection().AddMapiGate(options => options.DisableMapiClientProcesses = "program1.exe").Services.BuildServiceProvider();

        services.GetRequiredService<Gatekeeper>().TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeFalse();
        services.GetRequiredService<Gatekeeper>().Should().BeSameAs(services.GetRequiredService<Gatekeeper>());
    }

    [Fact]
    public void AddMapiGate_ARoot_ReadsItsSectionMapiGate()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("MapiGate:DisableMapiClientProcesses", "program1.exe")]).Build();
        using var services = new ServiceCollection().AddMapiGate(root).Services.BuildServiceProvider();

        services.GetRequiredService<Gatekeeper>().TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeFalse();
    }

    private static string Policy(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    private async Task StartAsync(string policy, Action<HostApplicationBuilder>? configure = null)
    {
        Write(policy);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder });
        builder.Configuration.AddJsonFile(File, optional: false, reloadOnChange: true);
        builder.Configuration.Sources.Add(new RestlessProvider());
        configure?.Invoke(builder);
        builder.Logging.AddProvider(_log);
        builder.Services.AddMapiGate(builder.Configuration.GetSection("MapiGate"));
        _host = builder.Build();
        await _host.StartAsync();
    }

    /// <summary>A second source beside the file, as a registry or an environment is.</summary>
    private sealed class RestlessProvider : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Set(string key, string? value)
        {
            base.Set(key, value);
            OnReload();
        }
    }
}
