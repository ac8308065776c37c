using Microsoft.AspNetCore.Routing;

namespace MapiGate.Management;

/// <summary>The listener that <c>AddMapiGateManagement</c> gives to page and API.</summary>
public sealed class ManagementServerOptions
{
    /// <summary>
    /// Where it listens; empty for nowhere. Default: <c>Management:Url</c> of the host's configuration, or
    /// <c>http://127.0.0.1:8026</c> and, where that is taken, a free port, which the log names.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The file of tokens, below the host's content root unless it is a whole path. Default: <c>mapigate.tokens.json</c>.</summary>
    public string TokenFile { get; set; } = "mapigate.tokens.json";

    /// <summary>Maps what else stands on the listener, for everybody: the host's health, say. It is given the host's services. Default: nothing.</summary>
    public Action<IEndpointRouteBuilder, IServiceProvider>? MapEndpoints { get; set; }
}
