using Microsoft.Extensions.Configuration;

namespace MapiGate;

/// <summary>A policy document's file as a source of configuration.</summary>
internal sealed class PolicyFileSource(string path) : IConfigurationSource
{
    /// <summary>The whole path of the file, through whatever links it is reached.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new PolicyFileProvider(this);

    public override string ToString() => Path;
}
