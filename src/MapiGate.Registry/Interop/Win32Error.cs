using System.Runtime.InteropServices;

namespace MapiGate.Registry;

/// <summary>The system error codes that mean something here.</summary>
internal static class Win32Error
{
    public const int Success = 0;
    public const int FileNotFound = 2;
    public const int PathNotFound = 3;
    public const int MoreData = 234;
    public const int KeyDeleted = 1018;

    /// <summary>Whether the code says that there is no such key or value, which is no failure.</summary>
    public static bool IsAbsent(int error) => error is FileNotFound or PathNotFound or KeyDeleted;

    /// <summary>For a person: "Access is denied (error 5)".</summary>
    public static string Describe(int error) => $"{Marshal.GetPInvokeErrorMessage(error).TrimEnd('.', ' ', '\r', '\n')} (error {error})";
}
