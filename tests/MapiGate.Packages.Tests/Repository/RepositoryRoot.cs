using System.Reflection;

namespace MapiGate.Packages.Tests.Repository;

/// <summary>The checkout this test project was built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = typeof(RepositoryRoot).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>Where the tests build: apart from bin and obj, which another build may be using at this moment.</summary>
    public static string Artifacts { get; } = Combine("artifacts", "packages-tests");

    public static bool IsGitCheckout => System.IO.Path.Exists(Combine(".git"));

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
