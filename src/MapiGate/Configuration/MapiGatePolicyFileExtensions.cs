using MapiGate;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds a file that the policy is kept in.</summary>
public static class MapiGatePolicyFileExtensions
{
    /// <summary>
    /// Keeps the policy in a file of its own, <c>{ "MapiGate": { … } }</c>: a source of configuration after those added so
    /// far, and the <see cref="IPolicyStore"/> by which management changes it. Beside it stand its history and a lock file.
    /// </summary>
    /// <remarks>
    /// The file holds policy keys only; any other is refused. One that cannot be used leaves what it said last in force; at
    /// the very first start it fails the start.
    /// </remarks>
    /// <param name="builder">The host's builder, whose configuration the gate follows: <c>AddMapiGate(builder.Configuration)</c>.</param>
    /// <param name="path">The file, below the content root unless it is a whole path. It is made when something is written.</param>
    public static IHostApplicationBuilder AddMapiGatePolicyFile(this IHostApplicationBuilder builder, string path = "mapigate.policy.json")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var source = new PolicyFileSource(Path.Combine(builder.Environment.ContentRootPath, path));
        builder.Configuration.Add(source);
        builder.Services.AddSingleton<IPolicyStore>(provider => new PolicyFileStore(
            source,
            provider.GetService<IPolicyDocumentFollower>() ?? throw new InvalidOperationException("There is a policy file, and no gate that follows it; call services.AddMapiGate(builder.Configuration)."),
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return builder;
    }
}
