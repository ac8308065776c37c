using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>AddMapiGate(IConfigurationRoot, string): the way to follow a section of a root that the container does not know.</summary>
public class UnknownRootTests
{
    [Theory]
    [InlineData("MapiGate")]
    [InlineData("Store:Gate")]
    public void ABrokenFile_AndAnotherSourcesSignal_LetNobodyIn(string section)
    {
        var parts = section.Split(':');
        string Nest(string inner) => parts.Reverse().Aggregate(inner, (text, key) => $$"""{ "{{key}}": {{text}} }""");
        var file = new MemoryFile(Nest("""{ "DisableMapiClientProcesses": "a.exe" }"""));
        var other = new SignallingSource();
        using var container = new FollowedContainer(services => services
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddMapiGate(file.Root(other), section));

        file.Write("{ garbage");
        other.Signal();

        container.Denies("a.exe").Should().BeTrue();
        container.Gatekeeper.Status.Error.Should().NotBeNull();
        file.Write(Nest("""{ "DisableMapiClientProcesses": "b.exe" }"""));
        container.Denies("b.exe").Should().BeTrue();
        container.Gatekeeper.Status.Error.Should().BeNull();
    }
}
