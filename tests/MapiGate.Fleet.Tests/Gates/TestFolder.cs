namespace MapiGate.Fleet.Tests.Gates;

/// <summary>A folder that is deleted afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gate-").FullName;

    public string Of(string gate) => Directory.CreateDirectory(System.IO.Path.Combine(Path, gate)).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
