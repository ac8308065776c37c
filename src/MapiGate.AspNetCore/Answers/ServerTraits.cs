using System.Globalization;
using MapiGate.Protocol;
using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>What every response has to say of the server (MS-OXCMAPIHTTP 2.2.3.3): as configured, until the server behind has been heard.</summary>
internal sealed class ServerTraits(MapiGateHttpOptions options)
{
    private const int LongestValue = 128;

    private volatile string _serverApplication = options.ServerApplication;
    private volatile string _pendingPeriod = ToMilliseconds(options.PendingPeriod);
    private volatile string _expiration = ToMilliseconds(options.DefaultExpiration);

    /// <summary>Takes on what a successful answer of the server's says.</summary>
    public void Learn(IHeaderDictionary headers)
    {
        _serverApplication = Read(headers, MapiHttpHeaders.ServerApplication) ?? _serverApplication;
        _pendingPeriod = Read(headers, MapiHttpHeaders.PendingPeriod) ?? _pendingPeriod;
        _expiration = Read(headers, MapiHttpHeaders.ExpirationInfo) ?? _expiration;
    }

    public void Write(IHeaderDictionary headers)
    {
        headers[MapiHttpHeaders.ServerApplication] = _serverApplication;
        headers[MapiHttpHeaders.PendingPeriod] = _pendingPeriod;
        headers[MapiHttpHeaders.ExpirationInfo] = _expiration;
    }

    private static string? Read(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values is [{ Length: > 0 and <= LongestValue } value] && HeaderText.IsPrintable(value) ? value : null;

    private static string ToMilliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
