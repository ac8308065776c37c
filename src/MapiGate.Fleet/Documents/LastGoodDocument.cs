using Microsoft.Extensions.Logging;

namespace MapiGate.Fleet;

/// <summary>The last document that this gate could use, on its own disk, for a start without the fleet.</summary>
internal sealed class LastGoodDocument(string path)
{
    public string Path => path;

    /// <summary>Why it can't be read, or could not be written last; <see langword="null"/> when neither is so.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads it.</summary>
    public FleetDocument? Read()
    {
        try
        {
            return File.Exists(path) ? FleetDocument.Read(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Problem = $"{path}, the last document of the fleet that this gate had, cannot be read: {e.Message}";
            return null;
        }
    }

    /// <summary>Writes it, or notes why that can't be done.</summary>
    public void Keep(FleetDocument document, ILogger logger)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            DurableFile.Replace(path, System.Text.Encoding.UTF8.GetString(document.ToBytes()));
            Problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is tried again and again, and said once.
            var problem = $"{path} cannot be written: {e.Message} A start without the fleet would begin from an older document; make room, or give the right to write there.";
            if (Problem != problem)
            {
                FleetLog.LastGoodNotKept(logger, path, e.Message);
            }

            Problem = problem;
        }
    }
}
