namespace MapiGate;

/// <summary>What a client says about itself, each part cut, cleaned and apart, for a log: empty where it said nothing.</summary>
internal readonly record struct ClientDescription(string Process, string Version, string User, string Mailbox, string Machine, string Address)
{
    public static ClientDescription Of(MapiClient client) => new(
        client.Program.NamesText,
        client.Version?.ToString() ?? string.Empty,
        ClientText.Clean(client.UserName),
        ClientText.Clean(client.UserDn),
        ClientText.Clean(client.MachineName),
        client.RemoteAddress?.ToString() ?? string.Empty);

    /// <summary>The parts that are there, as in <c>process "outlook.exe" version "16.0.1.1" user "CORP\jane"</c>.</summary>
    public override string ToString()
    {
        var (process, version, user, mailbox, machine, address) = this;
        var parts = new[] { Part("process", process), Part("version", version), Part("user", user), Part("mailbox", mailbox), Part("machine", machine), Part("address", address) };
        return string.Join(' ', parts.OfType<string>()) is { Length: > 0 } text ? text : "a client that says nothing of itself";

        static string? Part(string name, string value) => value.Length == 0 ? null : $"{name} \"{value}\"";
    }
}
