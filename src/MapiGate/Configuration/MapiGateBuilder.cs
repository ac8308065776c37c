using Microsoft.Extensions.DependencyInjection;

namespace MapiGate;

internal sealed record MapiGateBuilder(IServiceCollection Services) : IMapiGateBuilder;
