using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MapiGate.Gateway.Options;
using MapiGate.Gateway.Telemetry;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace MapiGate.Gateway.Tls;

/// <summary>The certificate for https, read again when its file changes, or that of its key. One that can't be read leaves the one before.</summary>
internal sealed class FollowedCertificate : IDisposable
{
    private readonly GatewayOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _reading = new();
    private readonly List<IDisposable> _following = [];
    private X509Certificate2 _current;

    /// <exception cref="InvalidDataException">The file is no certificate with a key.</exception>
    public FollowedCertificate(GatewayOptions options, ILogger<FollowedCertificate> logger)
    {
        (_options, _logger) = (options, logger);
        try
        {
            _current = Load(options);
            SayRead();
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException($"{GatewayOptions.Section}:{nameof(options.CertificateFile)} is '{options.CertificateFile}', and no certificate with its key, or the password is wrong.", exception);
        }

        // Renewed one after the other, the two fit only when the last is there, whichever that is.
        foreach (var file in new[] { options.CertificateFile, options.CertificateKeyFile }.Where(static file => file is not "").Select(Path.GetFullPath))
        {
            var folder = new PhysicalFileProvider(Path.GetDirectoryName(file)!);
            _following.Add(ChangeToken.OnChange(() => folder.Watch(Path.GetFileName(file)), ReadAgain));
            _following.Add(folder);
        }
    }

    public X509Certificate2 Current => Volatile.Read(ref _current);

    public static X509Certificate2 Load(GatewayOptions options)
    {
        var password = options.CertificatePassword is "" ? null : options.CertificatePassword;
        if (X509Certificate2.GetCertContentType(options.CertificateFile) == X509ContentType.Pkcs12)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(options.CertificateFile, password);
        }

        var key = options.CertificateKeyFile is "" ? null : options.CertificateKeyFile;
        using var pem = password is null
            ? X509Certificate2.CreateFromPemFile(options.CertificateFile, key)
            : X509Certificate2.CreateFromEncryptedPemFile(options.CertificateFile, password, key);

        // Windows takes no key for TLS that has never been in a PFX.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }

    public void Dispose()
    {
        _following.ForEach(static following => following.Dispose());
    }

    // Only when it is in use: whoever reads so may rely on it.
    private void SayRead() => GatewayLog.CertificateRead(
        _logger, _current.Subject, _current.GetCertHashString(HashAlgorithmName.SHA256), _current.NotAfter, _options.CertificateFile);

    private void ReadAgain()
    {
        lock (_reading)
        {
            try
            {
                Volatile.Write(ref _current, Load(_options));
                SayRead();
            }
            catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
            {
                GatewayLog.CertificateUnreadable(_logger, _options.CertificateFile, exception.Message);
            }
        }
    }
}
