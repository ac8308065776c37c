using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>A container of its own with a gate that follows a configuration.</summary>
internal sealed class FollowedContainer : IDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Follows a root: the way that leaves nothing to guess.</summary>
    public FollowedContainer(IConfigurationRoot root)
        : this(services => services.AddMapiGate(root))
    {
    }

    public FollowedContainer(Func<IServiceCollection, IMapiGateBuilder> add)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        add(services);
        _services = services.BuildServiceProvider();
        Gatekeeper = _services.Gatekeeper();
    }

    public Gatekeeper Gatekeeper { get; }

    public bool Denies(string processName) => !Gatekeeper.TryLogon(Gate.Client(processName), out _, out _);

    public void Dispose() => _services.Dispose();
}
