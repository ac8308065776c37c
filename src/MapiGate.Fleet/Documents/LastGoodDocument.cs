using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet;

/// <summary>The last document that this gate could use, on its own disk, for a start without the fleet.</summary>
internal sealed class LastGoodDocument(string path)
{
    public string Path => path;

    /// <summary>Reads it.</summary>
    /// <param name="problem">Why it can't be read; <see langword="null"/> when it can, or when there is none yet.</param>
    public FleetDocument? Read(out string? problem)
    {
        problem = null;
        try
        {
            return File.Exists(path) ? FleetDocument.Read(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problem = $"{path}, the last document of the fleet that this gate had, cannot be read: {e.Message}";
            return null;
        }
    }

    public void Keep(FleetDocument document, ILogger logger)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            DurableFile.Replace(path, System.Text.Encoding.UTF8.GetString(document.ToBytes()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FleetLog.LastGoodNotKept(logger, path, e.Message);
        }
    }
}
