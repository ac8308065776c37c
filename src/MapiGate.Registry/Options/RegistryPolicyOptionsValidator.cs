namespace MapiGate.Registry;

/// <summary>Checks the options when the source is added, in messages that name the option, its value and the fix.</summary>
internal static class RegistryPolicyOptionsValidator
{
    // A timer counts milliseconds in 32 bits.
    private static readonly TimeSpan LongestPollInterval = TimeSpan.FromDays(49);

    // A key's name has at most 255 characters; a longer one could never be opened nor watched.
    private const int LongestKeyName = 255;

    public static void ThrowIfInvalid(RegistryPolicyOptions options)
    {
        if (FindError(options) is { } error)
        {
            throw new ArgumentException(error, nameof(options));
        }
    }

    private static string? FindError(RegistryPolicyOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.KeyPath) || options.KeyPath.Split('\\').Any(name => name.Length is 0 or > LongestKeyName))
        {
            return $"{nameof(options.KeyPath)} is \"{options.KeyPath}\"; write key names of 1 to {LongestKeyName} characters with one backslash between them.";
        }

        if (options.KeyPath.StartsWith("HK", StringComparison.OrdinalIgnoreCase))
        {
            return $"{nameof(options.KeyPath)} is \"{options.KeyPath}\"; leave the hive out: the path starts below HKEY_LOCAL_MACHINE, as in \"SYSTEM\\CurrentControlSet\".";
        }

        if (options.PollInterval < TimeSpan.FromMilliseconds(1) || options.PollInterval > LongestPollInterval)
        {
            return $"{nameof(options.PollInterval)} is {options.PollInterval}; set it between one millisecond and {LongestPollInterval.Days} days.";
        }

        if (string.IsNullOrWhiteSpace(options.Section))
        {
            return $"{nameof(options.Section)} is empty; write the name of the configuration section, as in \"MapiGate\".";
        }

        return options.TimeProvider is null ? $"{nameof(options.TimeProvider)} is null; leave it alone or set a clock." : null;
    }
}
