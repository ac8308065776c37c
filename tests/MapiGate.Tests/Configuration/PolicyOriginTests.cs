using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>InForce.Rules says of each thing where it was written, so that whoever wants it gone knows where to go.</summary>
public sealed class PolicyOriginTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-").FullName;

    // Nobody else's, since an environment is the whole process's.
    private readonly string _prefix = $"MAPIGATE{Guid.NewGuid():N}_";
    private readonly List<string> _variables = [];

    public void Dispose()
    {
        _variables.ForEach(variable => Environment.SetEnvironmentVariable(variable, null));
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Source_IsAFileByItsWholePath_TheEnvironment_OrMemory()
    {
        var (one, other) = (Write("one.json", """ "DisableMapiClientProcesses": "a.exe", "Rules": { "of-one": { "Process": "b.exe" } } """), Write("other.json", """ "Exemptions": { "svc": { "User": "svc" } } """));
        SetVariable("MapiGate__DisableMapiClients", "11");
        SetVariable("MapiGate__Rules__of-environment__Process", "c.exe");

        using var container = Follow(
            builder => builder.AddJsonFile(one),
            builder => builder.AddJsonFile(other),
            builder => builder.AddEnvironmentVariables(_prefix),
            builder => builder.AddInMemoryCollection([new("MapiGate:Rules:of-memory:Process", "d.exe"), new("MapiGate:ClientsWithoutVersion", "Deny")]));

        Sources(container).Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["a.exe"] = one,
            ["of-one"] = one,
            ["svc"] = other,
            ["11"] = $"EnvironmentVariablesConfigurationProvider Prefix: '{_prefix}'",
            ["of-environment"] = $"EnvironmentVariablesConfigurationProvider Prefix: '{_prefix}'",
            ["of-memory"] = "MemoryConfigurationProvider",
            ["ClientsWithoutVersion = Deny"] = "MemoryConfigurationProvider",
        });
    }

    [Fact]
    public void Source_IsTheOneThatWins()
    {
        var file = Write("policy.json", """ "DisableMapiClientProcesses": "a.exe", "Rules": { "rule": { "Process": "b.exe" } } """);
        SetVariable("MAPIGATE__DISABLEMAPICLIENTPROCESSES", "b.exe");

        using var container = Follow(builder => builder.AddJsonFile(file), builder => builder.AddEnvironmentVariables(_prefix));

        Sources(container).Should().Contain("b.exe", $"EnvironmentVariablesConfigurationProvider Prefix: '{_prefix}'").And.Contain("rule", file);
    }

    [Fact]
    public void Source_OfARuleInParts_IsAllThatHaveOne()
    {
        var file = Write("policy.json", """ "Rules": { "rule": { "Process": "b.exe" } } """);

        using var container = Follow(builder => builder.AddJsonFile(file), builder => builder.AddInMemoryCollection([new("MapiGate:Rules:rule:Version", "11")]));

        Sources(container)["rule"]!.Split(" and ").Should().BeEquivalentTo(file, "MemoryConfigurationProvider");
    }

    [Fact]
    public void Source_OfWhatIsSetInCode_IsNotKnown()
    {
        using var services = new ServiceCollection().AddMapiGate(options =>
        {
            options.DisableMapiClientProcesses = "a.exe";
            options.Rules["rule"] = new() { Process = "b.exe" };
        }).Services.BuildServiceProvider();

        services.Gatekeeper().InForce.Rules.Should().HaveCount(2).And.OnlyContain(rule => rule.Source == null);
    }

    [Fact]
    public void Source_MovesWithWhatIsWritten_ThoughTheRulesStayTheSame()
    {
        var memory = new ConfigurationManager();
        ((IConfigurationBuilder)memory).AddInMemoryCollection([new("MapiGate:DisableMapiClientProcesses", "a.exe")]);
        using var container = new FollowedContainer(services => services.AddMapiGate(memory));
        Sources(container)["a.exe"].Should().Be("MemoryConfigurationProvider");

        SetVariable("MapiGate__DisableMapiClientProcesses", "a.exe");
        ((IConfigurationBuilder)memory).AddEnvironmentVariables(_prefix);

        Sources(container)["a.exe"].Should().StartWith("EnvironmentVariablesConfigurationProvider");
        container.Gatekeeper.Revision.Should().Be(0);
        memory.Dispose();
    }

    private static Dictionary<string, string?> Sources(FollowedContainer container) =>
        container.Gatekeeper.InForce.Rules.ToDictionary(rule => rule.Name, rule => rule.Source);

    private static FollowedContainer Follow(params Action<IConfigurationBuilder>[] sources)
    {
        var builder = new ConfigurationBuilder();
        Array.ForEach(sources, add => add(builder));
        return new FollowedContainer(builder.Build());
    }

    private string Write(string name, string keys)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $$"""{ "MapiGate": { {{keys}} } }""");
        return path;
    }

    private void SetVariable(string name, string value)
    {
        _variables.Add(_prefix + name);
        Environment.SetEnvironmentVariable(_prefix + name, value);
    }
}
