namespace MapiGate.TestSupport;

/// <summary>A folder of a test's own, gone with it.</summary>
public sealed class TemporaryFolder(string name = "mapigate-") : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory(name).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
