using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>
/// The program behind a client: the process names it reported and its version. Programs are few where sessions are
/// many, so the gate groups sessions by program and a policy can judge the program once for all of them.
/// </summary>
/// <remarks>
/// Two programs are equal when their names are equal as sent, letter for letter and in order, and so are their
/// versions. Two spellings of one name are two programs to the table and, under a list, one to the policy.
/// </remarks>
public readonly struct ClientProgram : IEquatable<ClientProgram>
{
    private readonly string[]? _names;
    private readonly string[]? _images;
    private readonly int _namesHash;

    /// <param name="names">The names; nobody may change them any more.</param>
    /// <param name="images">What of each name is compared.</param>
    /// <param name="namesHash">What <see cref="HashOf(ReadOnlySpan{string})"/> says of the names.</param>
    /// <param name="version">The version.</param>
    internal ClientProgram(string[] names, string[] images, int namesHash, Version? version)
    {
        _names = names;
        _images = images;
        _namesHash = namesHash;
        Version = version;
    }

    /// <inheritdoc cref="MapiClient.ProcessNames"/>
    public IReadOnlyList<string> ProcessNames => _names is null or [] ? [] : Array.AsReadOnly(_names);

    /// <inheritdoc cref="MapiClient.Version"/>
    public Version? Version { get; }

    /// <summary>The names, without a wrapper that keeps others from changing them.</summary>
    internal ReadOnlySpan<string> Names => _names;

    /// <summary>The file name of each process name, which is what lists are asked about; empty for one that has none.</summary>
    internal ReadOnlySpan<string> Images => _images;

    /// <summary>The file name of the first process name that has one; empty when none has.</summary>
    internal string ImageName
    {
        get
        {
            foreach (var image in Images)
            {
                if (image.Length > 0)
                {
                    return image;
                }
            }

            return string.Empty;
        }
    }

    /// <summary>Whether none of the process names names a program.</summary>
    internal bool IsNameless => ImageName.Length == 0;

    /// <summary>
    /// The first few names, cut and cleaned, to be put in quotes: between two of them stand quotes, which none can hold.
    /// Empty when there is none.
    /// </summary>
    internal string NamesText =>
        string.Join("\" + \"", ProcessNames.Where(name => !string.IsNullOrWhiteSpace(name)).Take(4).Select(ClientText.Clean));

    /// <summary>Whether both name the same program.</summary>
    public static bool operator ==(ClientProgram left, ClientProgram right) => left.Equals(right);

    /// <summary>Whether the two name different programs.</summary>
    public static bool operator !=(ClientProgram left, ClientProgram right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(ClientProgram other) => _namesHash == other._namesHash && Names.SequenceEqual(other.Names) && Version == other.Version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ClientProgram other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_namesHash, HashOf(Version));

    /// <summary>The program for a log: its names, cut, cleaned and in quotes, and its version; <c>(no process name)</c> when it sent none.</summary>
    public override string ToString() =>
        (NamesText is { Length: > 0 } text ? $"\"{text}\"" : "(no process name)") + (Version is null ? string.Empty : $" {Version}");

    /// <summary>The hash of names as they were sent.</summary>
    internal static int HashOf(ReadOnlySpan<string> names)
    {
        // The runtime's hash of text is keyed anew in each process and made to withstand those who choose the text; the
        // version's own is neither, so its parts are hashed as if they were text. A client can invent both. Nor may they be
        // put together by sums that anybody can reckon: names changed about would have the same.
        var hash = 0;
        foreach (var name in names)
        {
            hash = HashCode.Combine(hash, name.GetHashCode(StringComparison.Ordinal));
        }

        return hash;
    }

    private static int HashOf(Version? version)
    {
        if (version is null)
        {
            return 0;
        }

        ReadOnlySpan<int> parts = [version.Major, version.Minor, version.Build, version.Revision];
        return string.GetHashCode(MemoryMarshal.Cast<int, char>(parts));
    }
}
