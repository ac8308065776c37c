using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management;

/// <summary>
/// The tokens, in a file that only its owner may read: <c>{ "administrator": { "Token": "…", "Right": "Write" } }</c>. It is
/// looked at again at each use, so that a token taken out is worth nothing at once.
/// </summary>
internal sealed class TokenFile(string path, ILogger logger)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _lock = new();
    private (DateTime Written, long Length, IReadOnlyList<ManagementToken> Tokens)? _read;

    public string Path => path;

    /// <summary>Makes the file with a first token, if it is not there.</summary>
    public void Ensure()
    {
        lock (_lock)
        {
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                FileStream stream;
                try
                {
                    stream = Create();
                }
                catch (IOException) when (File.Exists(path))
                {
                    // Another process on this folder was faster.
                    return;
                }

                using var made = stream;
                stream.Write(Encoding.UTF8.GetBytes(new JsonObject
                {
                    ["administrator"] = new JsonObject { ["Token"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), ["Right"] = "Write" },
                }.ToJsonString()));
                AuditLog.TokenFileMade(logger, path);
            }
        }
    }

    /// <summary>The tokens that count now.</summary>
    /// <exception cref="TokenFileException">The file cannot be used.</exception>
    public IReadOnlyList<ManagementToken> Read()
    {
        try
        {
            Ensure();
            lock (_lock)
            {
                var file = new FileInfo(path);
                if (_read is not { } read || read.Written != file.LastWriteTimeUtc || read.Length != file.Length)
                {
                    _read = read = (file.LastWriteTimeUtc, file.Length, Load());
                }

                CheckMode();
                return read.Tokens;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TokenFileException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The token that a text is; <see langword="null"/> when it is none. Takes as long for a wrong one as for a right one.</summary>
    public ManagementToken? Find(string text)
    {
        var sent = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        ManagementToken? found = null;
        foreach (var token in Read())
        {
            found = CryptographicOperations.FixedTimeEquals(sent, SHA256.HashData(Encoding.UTF8.GetBytes(token.Token))) ? token : found;
        }

        return found;
    }

    private List<ManagementToken> Load()
    {
        try
        {
            var tokens = (JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("It is not an object.")).Select(token => new ManagementToken(
                token.Key,
                token.Value?["Token"]?.GetValue<string>() ?? string.Empty,
                token.Value?["Right"]?.GetValue<string>() switch
                {
                    "Read" => false,
                    "Write" => true,
                    var other => throw new JsonException($"{token.Key}:Right is \"{other}\"; write Read or Write."),
                })).ToList();
            return tokens.Find(token => token.Token.Length < 32 || string.IsNullOrWhiteSpace(token.Name)) is { } weak
                ? throw new JsonException($"{weak.Name}:Token is shorter than 32 characters; write a long random one.")
                : tokens;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new TokenFileException($"{path} cannot be used: {e.Message} Write {{ \"name\": {{ \"Token\": \"…\", \"Right\": \"Read\" }} }}, or delete it for a new one.", e);
        }
    }

    private void CheckMode()
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) is not UnixFileMode.None and var others)
        {
            throw new TokenFileException($"{path} may be used by others than its owner ({others}); run chmod 600, and give out new tokens.");
        }
    }

    private FileStream Create()
    {
        if (!OperatingSystem.IsWindows())
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        }

        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(WindowsIdentity.GetCurrent().User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.Write, FileShare.None, 4096, FileOptions.None, security);
    }
}
