using System.Net;

namespace MapiGate;

/// <summary>
/// What a program says about itself at logon. Everything but <see cref="UserName"/> and <see cref="RemoteAddress"/>
/// is the client's own claim, and absent whenever the client likes. Two are equal when all parts are.
/// </summary>
public sealed record MapiClient
{
    private readonly string[] _names = [];

    // What of each name is compared, worked out once: at every logon and every change lists are asked about it.
    private readonly string[] _images = [];
    private readonly int _namesHash;

    /// <summary>
    /// The executable names the client reported, as sent and in order (<c>AUX_PERF_PROCESSINFO</c>,
    /// MS-OXCRPC 2.2.2.2.6); empty when it sent none. The list is copied.
    /// </summary>
    public IReadOnlyList<string> ProcessNames
    {
        get => Program.ProcessNames;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _names = [.. value.Select(name => name ?? string.Empty)];
            _images = MapiGate.ProcessName.Images(_names);
            _namesHash = ClientProgram.HashOf(_names);
        }
    }

    /// <summary>The first of <see cref="ProcessNames"/> that is not blank, as sent; <see langword="null"/> when there is none.</summary>
    public string? ProcessName => ProcessNames.FirstOrDefault(name => !string.IsNullOrWhiteSpace(name));

    /// <summary>
    /// The client's version as four parts, for example <c>16.0.15928.20006</c>; <see langword="null"/> when it sent none
    /// that can be read (MS-OXCRPC 3.1.4.1.3 for the RPC form, <c>X-ClientApplication</c> over HTTP).
    /// </summary>
    public Version? Version { get; init; }

    /// <summary>The distinguished name of the mailbox user the client asked for: a claim.</summary>
    public string? UserDn { get; init; }

    /// <summary>The authenticated account, where the host knows it; otherwise <see langword="null"/>.</summary>
    public string? UserName { get; init; }

    /// <summary>The machine's name (<c>AUX_PERF_CLIENTINFO</c>, MS-OXCRPC 2.2.2.2.4); current Outlook sends it empty.</summary>
    public string? MachineName { get; init; }

    /// <summary>The address the connection came from, as the host saw it.</summary>
    public IPAddress? RemoteAddress { get; init; }

    internal ClientProgram Program => new(_names, _images, _namesHash, Version);

    /// <summary>Whether both say the same of themselves, in every part.</summary>
    public bool Equals(MapiClient? other) =>
        other is not null
        && Program.Equals(other.Program)
        && UserDn == other.UserDn
        && UserName == other.UserName
        && MachineName == other.MachineName
        && Equals(RemoteAddress, other.RemoteAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Program, UserDn, UserName, MachineName, RemoteAddress);

    /// <summary>
    /// One line for a log: what the client said, part by part. Each part is in double quotes, cut to 128 characters and
    /// stripped of control and formatting characters, so it can neither flood nor forge a log.
    /// </summary>
    public override string ToString() => ClientDescription.Of(this).ToString();

    /// <summary>
    /// The client as it may be shown, and kept when it has gone: every text is cut to 128 characters and stripped of control and
    /// formatting characters, and of its programs the first sixteen stay, each by its file name.
    /// </summary>
    public MapiClient Sanitized() => new()
    {
        ProcessNames = [.. _images.Take(16).Select(ClientText.Clean)],
        Version = Version,
        UserDn = UserDn is null ? null : ClientText.Clean(UserDn),
        UserName = UserName is null ? null : ClientText.Clean(UserName),
        MachineName = MachineName is null ? null : ClientText.Clean(MachineName),
        RemoteAddress = RemoteAddress,
    };
}
