using System.Diagnostics.CodeAnalysis;

namespace MapiGate;

/// <summary>
/// What a rule or an exemption asks of a client: all that is stated must be met. One that states nothing is met by nobody.
/// </summary>
internal sealed class ClientConditions
{
    private readonly ProcessBlocklist? _processes;
    private readonly ClientVersionBlocklist? _versions;
    private readonly WildcardPattern? _mailbox;
    private readonly AccountPattern? _user;
    private readonly AddressRange? _address;

    private ClientConditions(ConditionTexts texts, List<string> errors, string key)
    {
        Texts = texts;
        _mailbox = Trim(texts.Mailbox) is { } mailbox ? new WildcardPattern(mailbox) : null;
        _user = Trim(texts.User) is { } user ? new AccountPattern(user) : null;
        if (Trim(texts.Process) is { } process)
        {
            _processes = ProcessBlocklist.Parse(process);
            if (_processes.Count == 0)
            {
                errors.Add($"{key}:Process is \"{process}\", which names no program; write an executable's name, as in OUTLOOK.EXE.");
            }
        }

        if (Trim(texts.Version) is { } version)
        {
            if (!ClientVersionBlocklist.TryParse(version, out _versions, out var error))
            {
                errors.Add($"{key}:Version: {error}");
            }
            else if (_versions.Count == 0)
            {
                errors.Add($"{key}:Version is \"{version}\", which names no version; write one, as in -16.0.15927.65535.");
            }
        }

        if (Trim(texts.Address) is { } address && !AddressRange.TryParse(address, out _address))
        {
            errors.Add($"{key}:Address is \"{address}\"; write an IP address, or a network whose bits after the prefix are 0, as in 10.1.0.0/16.");
        }
    }

    public ConditionTexts Texts { get; }

    /// <summary>Whether nothing is stated.</summary>
    public bool IsEmpty => _processes is null && _versions is null && !DependsOnClient;

    /// <summary>Whether clients of one program may differ in it.</summary>
    public bool DependsOnClient => _mailbox is not null || _user is not null || _address is not null;

    public ProcessBlocklist Processes => _processes ?? ProcessBlocklist.Empty;

    public ClientVersionBlocklist Versions => _versions ?? ClientVersionBlocklist.Empty;

    /// <summary>What is stated, as in <c>Process OUTLOOK.EXE, Version -16</c>.</summary>
    public string Text
    {
        get
        {
            var (process, version, mailbox, user, address) = Texts;
            var parts = new[] { Part("Process", process), Part("Version", version), Part("Mailbox", mailbox), Part("User", user), Part("Address", address) };
            return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } text ? text : "nothing stated";

            static string? Part(string name, string? text) => Trim(text) is { } value ? $"{name} {value}" : null;
        }
    }

    /// <summary>Reads conditions; what is wrong with them is added to the errors, under the key they stand in.</summary>
    public static bool TryParse(ConditionTexts texts, string key, List<string> errors, [NotNullWhen(true)] out ClientConditions? conditions)
    {
        var found = errors.Count;
        conditions = new ClientConditions(texts, errors, key);
        conditions = errors.Count == found ? conditions : null;
        return conditions is not null;
    }

    /// <summary>Whether a program meets what is asked of programs. Any of its names will do, unless every one has to.</summary>
    public bool AreMetBy(ClientProgram program, bool byEveryName)
    {
        if (IsEmpty || (_versions is not null && !_versions.TryMatch(program.Version, out _)))
        {
            return false;
        }

        return _processes is null || (byEveryName ? NamesEvery(program) : NamesAny(program));
    }

    /// <summary>Whether the client meets what is asked of clients beside their program. What the gate does not know of a client is not met.</summary>
    public bool AreMetBy(MapiClient client) =>
        (_mailbox is null || (client.UserDn is { } dn && _mailbox.IsMatch(CommonName(dn))))
        && (_user is null || (client.UserName is { } user && _user.IsMatch(user)))
        && (_address is null || (client.RemoteAddress is { } address && _address.Contains(address)));

    /// <summary>The conditions in a form in which two that say the same are equal, for a fingerprint.</summary>
    public IEnumerable<string> Canonical() =>
    [
        _processes?.ToCanonical() ?? string.Empty,
        _versions?.ToCanonical() ?? string.Empty,
        _mailbox?.Pattern.ToUpperInvariant() ?? string.Empty,
        _user?.Text.ToUpperInvariant() ?? string.Empty,
        _address?.ToString() ?? string.Empty,
    ];

    // What follows the last "/cn=" of a legacy distinguished name; a name that has none is one itself.
    private static ReadOnlySpan<char> CommonName(string distinguishedName)
    {
        var dn = distinguishedName.AsSpan().Trim();
        var at = dn.LastIndexOf("/cn=", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? dn : dn[(at + 4)..];
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private bool NamesAny(ClientProgram program)
    {
        foreach (var image in program.Images)
        {
            if (_processes!.TryMatchImage(image, out _))
            {
                return true;
            }
        }

        return false;
    }

    // A program must not slip through by adding an exempt name to its own.
    private bool NamesEvery(ClientProgram program)
    {
        foreach (var image in program.Images)
        {
            if (image.Length > 0 && !_processes!.TryMatchImage(image, out _))
            {
                return false;
            }
        }

        return !program.IsNameless;
    }
}
