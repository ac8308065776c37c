namespace MapiGate.Gateway.Hosting;

/// <summary>What is logged, and how, where the configuration does not say otherwise.</summary>
internal static class LogSettings
{
    public static IReadOnlyDictionary<string, string?> Defaults { get; } = new Dictionary<string, string?>
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "None",

        // The keys stand in a folder that only this account may read, and encrypted by what stands beside them they'd be no safer.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",

        // Nothing of it is wanted, but for each request it makes an activity and a scope, in case something logs.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",

        // A start that fails is told once, in words, by the program itself: not by each host with its stack.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",

        // The gateway says at start, and at each request that fails, what is wrong.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss.fff ",
    };
}
