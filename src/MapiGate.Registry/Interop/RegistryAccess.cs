namespace MapiGate.Registry;

/// <summary>The rights a key is opened with (<c>REGSAM</c>): no more than the work needs.</summary>
[Flags]
internal enum RegistryAccess : uint
{
    /// <summary><c>KEY_QUERY_VALUE</c></summary>
    QueryValue = 0x0001,

    /// <summary><c>KEY_NOTIFY</c></summary>
    Notify = 0x0010,

    /// <summary><c>KEY_WOW64_64KEY</c>: the 64-bit view, also from a 32-bit process.</summary>
    View64 = 0x0100,
}
