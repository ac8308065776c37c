using Microsoft.Extensions.Configuration;

namespace MapiGate.TestSupport;

/// <summary>
/// A source beside the file, as a registry or an environment is. It announces a change whenever it is told to, and can do
/// something in the middle of somebody's reading.
/// </summary>
public sealed class SignallingSource : ConfigurationProvider, IConfigurationSource
{
    private Action? _whenAsked;
    private string? _key;
    private int _asked;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Signal() => OnReload();

    /// <summary>Sets a value, and says so.</summary>
    public void Write(string key, string? value)
    {
        Data[key] = value;
        Signal();
    }

    /// <summary>Does something, once, when the key is asked for.</summary>
    /// <param name="key">The key.</param>
    /// <param name="action">What to do.</param>
    /// <param name="time">At which time of asking: one reading asks several times.</param>
    public void WhenAskedFor(string key, Action action, int time = 1) => (_key, _whenAsked, _asked) = (key, action, time);

    public override bool TryGet(string key, out string? value)
    {
        if (key.Equals(_key, StringComparison.OrdinalIgnoreCase)
            && Interlocked.Decrement(ref _asked) == 0
            && Interlocked.Exchange(ref _whenAsked, null) is { } action)
        {
            action();
        }

        return base.TryGet(key, out value);
    }
}
