using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>A provider that reports its own trouble; and nobody else who could, by setting a key.</summary>
public class PolicySourceTests
{
    [Fact]
    public void ASourcesError_IsTheStatuss_UntilItIsGone()
    {
        var source = new ReportingSource { Error = "no access to the key" };
        using var container = new FollowedContainer(services => services.AddMapiGate(new ConfigurationBuilder().Add(source).Build(), "MapiGate"));
        container.Gatekeeper.Status.Error.Should().Contain("no access to the key");

        source.Error = null;
        source.Signal();

        container.Gatekeeper.Status.Error.Should().BeNull();
    }

    [Fact]
    public void ASourcesNote_IsAFinding_AndIsRenewed()
    {
        var source = new ReportingSource { Notes = ["the value is of type REG_EXPAND_SZ"] };
        using var container = new FollowedContainer(services => services.AddMapiGate(new ConfigurationBuilder().Add(source).Build(), "MapiGate"));
        container.Gatekeeper.Findings.Should().ContainSingle(finding => finding.Message.Contains("REG_EXPAND_SZ"));

        source.Notes = [];
        source.Signal();

        container.Gatekeeper.Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("SourceErrors:x")]
    [InlineData("SourceNotes:x")]
    public void AKeyThatAnybodyCouldSet_IsNoError(string key)
    {
        var other = new SignallingSource();
        using var container = new FollowedContainer(services => services.AddMapiGate(new ConfigurationBuilder().Add(other).Build(), "MapiGate"));

        other.Write($"MapiGate:{key}", "everything is lost");

        container.Gatekeeper.Status.Error.Should().BeNull();
        container.Gatekeeper.Findings.Should().ContainSingle(finding => finding.Code == "MG1017");
    }

    [Fact]
    public void ASourceThatThrowsWhenAsked_IsReported_AndThePolicyStays()
    {
        var source = new ReportingSource();
        var file = new MemoryFile("""{ "MapiGate": { "DisableMapiClientProcesses": "a.exe" } }""");
        using var container = new FollowedContainer(services => services.AddMapiGate(file.Root(source), "MapiGate"));

        source.Throws = true;
        source.Signal();

        container.Denies("a.exe").Should().BeTrue();
        container.Gatekeeper.Status.Error.Should().NotBeNull();
    }

    private sealed class ReportingSource : ConfigurationProvider, IConfigurationSource, IPolicySource
    {
        private string? _error;

        public bool Throws { get; set; }

        public string? Error
        {
            get => Throws ? throw new InvalidOperationException("source bug") : _error;
            set => _error = value;
        }

        public IReadOnlyList<string> Notes { get; set; } = [];

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public void Signal() => OnReload();
    }
}
