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
    public async Task ImportAsync(int type, byte[] data, string value = Processes)
    {
        var file = Path.GetTempFileName();
        try
        {
            var bytes = string.Join(',', data.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
            var key = Key.Replace("HKLM", "HKEY_LOCAL_MACHINE", StringComparison.Ordinal);
            
            // In UTF-16: from an ANSI file, the bytes of a text are taken for ANSI, too.
            await File.WriteAllTextAsync(file, $"Windows Registry Editor Version 5.00\r\n\r\n[{key}]\r\n\"{value}\"=hex({type:x}):{bytes}\r\n", Encoding.Unicode);
            await wine.WineAsync("reg", "import", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
