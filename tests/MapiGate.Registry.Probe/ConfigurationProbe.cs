using System.Globalization;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Registry.Probe;

/// <summary>
/// A configuration with the registry in it. It writes a line of JSON with all values of the section when loaded, whenever
/// the configuration is reloaded, and after each command. The number of the next handle shows whether handles leak.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class ConfigurationProbe : IDisposable
{
    private readonly Lock _writing = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly IConfigurationRoot _configuration;
    private readonly RegistryHand _hand;

    public ConfigurationProbe(string[] args)
    {
        var keyPath = "";
        var settings = args.Select(arg => arg.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        _configuration = new ConfigurationBuilder().AddMapiGateRegistry(options =>
        {
            options.KeyPath = settings.GetValueOrDefault(nameof(options.KeyPath), options.KeyPath);
            options.Section = settings.GetValueOrDefault(nameof(options.Section), options.Section);
            options.WatchForChanges = bool.Parse(settings.GetValueOrDefault(nameof(options.WatchForChanges), "true"));
            options.TimeProvider = settings.GetValueOrDefault("Clock") == "real" ? options.TimeProvider : _clock;
            if (settings.TryGetValue(nameof(options.PollInterval), out var interval))
            {
                options.PollInterval = TimeSpan.Parse(interval, CultureInfo.InvariantCulture);
            }

            keyPath = options.KeyPath;
        }).Build();
        _hand = new RegistryHand(keyPath);
        ChangeToken.OnChange(_configuration.GetReloadToken, () => Write("reloaded"));
        Write("loaded");
    }

    public void Run(string[] command)
    {
        switch (command)
        {
            case ["advance", var by]:
                _clock.Advance(TimeSpan.Parse(by, CultureInfo.InvariantCulture));
                break;
            case ["deny", var right]:
                _hand.Deny(Enum.Parse<RegistryRights>(right));
                break;
            case ["allow"]:
                _hand.Deny(null);
                break;
            case ["write", var text]:
                _hand.Write(text);
                break;
            case ["burst", var count]:
                _hand.Burst(int.Parse(count, CultureInfo.InvariantCulture));
                break;
            case ["set", var assignment]:
                _configuration[assignment.Split('=')[0]] = assignment.Split('=')[1];
                break;
            case ["listen-and-throw"]:
                ChangeToken.OnChange(_configuration.GetReloadToken, () => throw new InvalidOperationException("A listener failed."));
                break;
            case ["dispose"]:
                Dispose();
                break;
            case ["read"]:
                break;
            default:
                throw new ArgumentException($"\"{string.Join(' ', command)}\" is no command.");
        }

        Write("done");
    }

    public void Dispose() => (_configuration as IDisposable)?.Dispose();

    private void Write(string what)
    {
        lock (_writing)
        {
            var values = _configuration.AsEnumerable().Where(pair => pair.Value is not null).ToDictionary();
            var source = _configuration.Providers.OfType<IPolicySource>().Single();
            using var handle = new ManualResetEvent(initialState: false);
            var nextHandle = handle.SafeWaitHandle.DangerousGetHandle().ToInt64();
            Console.WriteLine(JsonSerializer.Serialize(new { Event = what, Values = values, source.Error, Note = source.Notes.Count == 0 ? null : string.Join(' ', source.Notes), NextHandle = nextHandle }));
        }
    }
}
