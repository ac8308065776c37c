using System.Security.Cryptography;
using MapiGate.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace MapiGate.Gateway;

/// <summary>The gate before a server that can't be changed.</summary>
internal static class Program
{
    // EX_CONFIG of sysexits.h, by which a service manager can tell that starting again is of no use.
    private const int ConfigurationError = 78;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            await GatewayApplication.Build(args).RunAsync().ConfigureAwait(false);
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            await WriteAsync(exception.Failures).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or InvalidDataException or CryptographicException or UnauthorizedAccessException)
        {
            await WriteAsync([exception.InnerException is { } inner && !exception.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{exception.Message} {inner.Message}" : exception.Message]).ConfigureAwait(false);
        }

        return ConfigurationError;
    }

    private static async Task WriteAsync(IEnumerable<string> errors)
    {
        foreach (var error in errors)
        {
            await Console.Error.WriteLineAsync($"The gateway can't start: {error}").ConfigureAwait(false);
        }
    }
}
