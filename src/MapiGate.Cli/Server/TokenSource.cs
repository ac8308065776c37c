using System.Text.Json.Nodes;

namespace MapiGate.Cli;

/// <summary>Where the token comes from: the option, MAPIGATE_TOKEN, or the server's own file of tokens.</summary>
internal static class TokenSource
{
    private const string FileName = "mapigate.tokens.json";

    public static string Find(string? given, string? file)
    {
        if (!string.IsNullOrWhiteSpace(given ?? Environment.GetEnvironmentVariable("MAPIGATE_TOKEN")))
        {
            return (given ?? Environment.GetEnvironmentVariable("MAPIGATE_TOKEN"))!.Trim();
        }

        return FromFile(file).Token;
    }

    /// <summary>The first token of the file that may write, or else the first.</summary>
    public static (string Name, string Token, string Right) FromFile(string? file)
    {
        var path = file ?? Environment.GetEnvironmentVariable("MAPIGATE_TOKEN_FILE") ?? FileName;
        try
        {
            var tokens = (JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? []).Select(token => (token.Key, token.Value.Text("Token"), token.Value.Text("Right"))).ToList();
            return tokens.OrderByDescending(token => token.Item3 == "Write").FirstOrDefault() is { Item2.Length: > 0 } found ? found : throw new CommandFailed(ExitCode.NotAllowed, $"{path} holds no token.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            throw new CommandFailed(ExitCode.NotAllowed, $"There is no token: {e.Message} Give --token, MAPIGATE_TOKEN, or --token-file with the server's {FileName}.");
        }
    }
}
