namespace MapiGate.Gateway.Options;

/// <summary>What can't be used, in words that name the key, the value and the fix.</summary>
internal static class GatewayOptionsValidator
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    public static IEnumerable<string> Failures(GatewayOptions options)
    {
        if (options.Server is not { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" })
        {
            yield return Failure(nameof(options.Server), options.Server, "name the server behind, without a path, such as https://mail.example.com or http://127.0.0.1:8025");
        }

        if (options.ServerCertificate is not "" && !(options.ServerCertificate.Length == 64 && options.ServerCertificate.All(char.IsAsciiHexDigit)))
        {
            yield return Failure(nameof(options.ServerCertificate), options.ServerCertificate, "write the certificate's SHA-256 as 64 hexadecimal digits, or leave it empty for the usual check");
        }

        foreach (var failure in ListenFailures(options).Concat(ListFailures(options)).Concat(NumberFailures(options)).Concat(FileFailures(options)))
        {
            yield return failure;
        }
    }

    private static IEnumerable<string> ListenFailures(GatewayOptions options)
    {
        var listeners = SemicolonList.Split(options.Listen);
        if (listeners.Length == 0)
        {
            yield return Failure(nameof(options.Listen), options.Listen, "name at least one address, such as http://127.0.0.1:8024");
        }

        foreach (var text in listeners)
        {
            if (!ListenAddress.TryParse(text, out var listen))
            {
                yield return Failure(nameof(options.Listen), text, "write http:// or https://, an IP address or *, and a port, such as https://*:443");
            }
            else if (listen.IsTls && options.CertificateFile is "")
            {
                yield return Failure(nameof(options.Listen), text, $"https needs a certificate: set {GatewayOptions.Section}:{nameof(options.CertificateFile)}");
            }
        }

        if (options.Management is { Length: > 0 } && !(ListenAddress.TryParse(options.Management, out var management) && !management.IsTls))
        {
            yield return Failure(nameof(options.Management), options.Management, "write one address of http, such as http://127.0.0.1:8026, or leave it empty for none");
        }
    }

    private static IEnumerable<string> ListFailures(GatewayOptions options)
    {
        var paths = SemicolonList.Split(options.Paths);
        if (paths.Length == 0)
        {
            yield return Failure(nameof(options.Paths), options.Paths, "name at least /mapi");
        }

        foreach (var path in paths.Where(path => path is not ['/', _, ..] || path.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '-' or '_' or '.'))))
        {
            yield return Failure(nameof(options.Paths), path, "begin it with '/' and use letters, digits, '-', '_' and '.', such as /mapi");
        }

        foreach (var path in paths.Where(path => new PathString(path).StartsWithSegments("/rpc")))
        {
            yield return Failure(nameof(options.Paths), path, $"take it out, and set {GatewayOptions.Section}:{nameof(options.AllowRpc)} to true if RPC over HTTP must pass ungated");
        }

        foreach (var scheme in SemicolonList.Split(options.AccountSchemes).Where(scheme => !scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)))
        {
            yield return Failure(nameof(options.AccountSchemes), scheme, "name Basic, Bearer, both or none: no other scheme's credential names an account");
        }

        foreach (var range in SemicolonList.Split(options.TrustedProxies).Where(range => ProxyRanges.Parse(range) is null))
        {
            yield return Failure(nameof(options.TrustedProxies), range, "write an IP address or a range whose host bits are zero, such as 10.1.0.0/16");
        }

        foreach (var cookie in SemicolonList.Split(options.CookiesNotForwarded).Where(cookie => cookie is "*" || cookie.AsSpan().TrimEnd('*').ContainsAny(" =,*\"")))
        {
            yield return Failure(nameof(options.CookiesNotForwarded), cookie, "name a cookie, with * at its end for any rest, such as AWSALB*");
        }
    }

    private static IEnumerable<string> NumberFailures(GatewayOptions options)
    {
        (string Key, TimeSpan Value, TimeSpan Least)[] times =
        [
            (nameof(options.ActivityTimeout), options.ActivityTimeout, TimeSpan.FromSeconds(1)),
            (nameof(options.ConnectTimeout), options.ConnectTimeout, TimeSpan.FromSeconds(1)),
            (nameof(options.KeepAliveTimeout), options.KeepAliveTimeout, TimeSpan.FromSeconds(1)),
            (nameof(options.RetryAfter), options.RetryAfter, TimeSpan.FromSeconds(1)),
        ];
        foreach (var (key, value, least) in times.Where(time => time.Value < time.Least || time.Value > LongestTime))
        {
            yield return Failure(key, value, "set one second to one day, such as 00:05:00");
        }

        if (options.MaxRequestHeadSize is < 8 * 1024 or > 1024 * 1024)
        {
            yield return Failure(nameof(options.MaxRequestHeadSize), options.MaxRequestHeadSize, "set 8192 to 1048576 bytes; 65536 suits every known client");
        }
    }

    private static IEnumerable<string> FileFailures(GatewayOptions options)
    {
        if (options.CertificateFile is not "" && !File.Exists(options.CertificateFile))
        {
            yield return Failure(nameof(options.CertificateFile), options.CertificateFile, "there is no such file, or this account may not read its folder: name a PEM or PFX file");
        }

        if (options.CertificateKeyFile is not "" && !File.Exists(options.CertificateKeyFile))
        {
            yield return Failure(nameof(options.CertificateKeyFile), options.CertificateKeyFile, "there is no such file, or this account may not read its folder: name the PEM file of the key");
        }
    }

    private static string Failure(string key, object? value, string fix) => $"{GatewayOptions.Section}:{key} is '{value}': {fix}.";
}
