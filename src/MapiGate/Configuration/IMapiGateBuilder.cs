using Microsoft.Extensions.DependencyInjection;

namespace MapiGate;

/// <summary>Goes on configuring the gate after <c>AddMapiGate</c>.</summary>
public interface IMapiGateBuilder
{
    /// <summary>The container's services.</summary>
    IServiceCollection Services { get; }
}
