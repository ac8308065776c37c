using System.Globalization;
using System.Text;

namespace MapiGate.Registry.Tests.Wine;

/// <summary>The administrator's hand: <c>reg add</c>, <c>reg delete</c>, <c>reg import</c>.</summary>
internal sealed class Administrator(WineSetup wine)
{
    public const string Processes = "Disable MAPI Client Processes";
    public const string Clients = "Disable MAPI Clients";
    public const string Key = @"HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem";

    public Task AddAsync(string data, string value = Processes, string type = "REG_SZ", string key = Key) =>
        wine.WineAsync("reg", "add", key, "/v", value, "/t", type, "/d", data, "/f");

    public Task DeleteAsync(string value = Processes) => wine.WineAsync("reg", "delete", Key, "/v", value, "/f");

    public Task AddKeyAsync(string key = Key) => wine.WineAsync("reg", "add", key, "/f");

    /// <summary>Deletes a key that exists.</summary>
    public Task DeleteKeyAsync(string key = Key) => wine.WineAsync("reg", "delete", key, "/f");

    /// <summary>Leaves nothing of a service's key, whether it existed or not.</summary>
    public async Task ClearAsync()
    {
        const string Service = @"HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeIS";
        await AddKeyAsync(Service);
        await DeleteKeyAsync(Service);
    }

    /// <summary>Writes a value byte by byte, as no well-behaved program would.</summary>
    public Task ImportAsync(int type, byte[] data, string value = Processes)
    {
        var bytes = string.Join(',', data.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
        var key = Key.Replace("HKLM", "HKEY_LOCAL_MACHINE", StringComparison.Ordinal);
        return ImportAsync($"Windows Registry Editor Version 5.00\n\n[{key}]\n\"{value}\"=hex({type:x}):{bytes}\n");
    }

    /// <summary>Runs <c>reg import</c>. The file is in UTF-16: from an ANSI file, the bytes of a text are taken for ANSI, too.</summary>
    public Task ImportAsync(string regFile) => WithFileAsync(".reg", regFile, Encoding.Unicode, file => wine.WineAsync("reg", "import", file));

    /// <summary>Runs command lines as they would be typed.</summary>
    public Task RunBatchAsync(string lines) => WithFileAsync(".bat", lines, Encoding.ASCII, file => wine.WineAsync("cmd", "/c", file));

    // Wine's drive Z: is the root of the file system.
    private static async Task WithFileAsync(string extension, string text, Encoding encoding, Func<string, Task> use)
    {
        var file = Path.ChangeExtension(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), extension);
        try
        {
            await File.WriteAllTextAsync(file, text.ReplaceLineEndings("\r\n"), encoding);
            await use("Z:" + file.Replace('/', '\\'));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
