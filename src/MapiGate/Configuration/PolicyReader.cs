using Microsoft.Extensions.Options;

namespace MapiGate;

/// <summary>Reads the policy as configuration and code have it now.</summary>
internal sealed class PolicyReader(IOptionsFactory<MapiGateOptions> factory, IReadOnlyList<FollowedConfiguration> configurations)
{
    // A file that changes more often than that while it is read will signal again.
    private const int Attempts = 10;

    public PolicyReading Read()
    {
        try
        {
            return ReadSettled();
        }
        catch (OptionsValidationException e)
        {
            return new PolicyReading(null, [.. e.Failures]);
        }
#pragma warning disable CA1031 // Whatever a source or a configure action throws, the policy in force stays.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new PolicyReading(null, [e.Message]);
        }
    }

    private PolicyReading ReadSettled()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (FileErrors() is { Count: > 0 } errors)
            {
                return new PolicyReading(null, errors);
            }

            // Providers swap their values at one stroke, but a reading takes many steps: two that agree were not cut in two.
            var before = ReadValues();
            var reading = ReadOnce();
            if (configurations.Any(configuration => configuration.IsTorn))
            {
                return FileErrors() is { Count: > 0 } failed ? new PolicyReading(null, failed) : PolicyReading.InBetween;
            }

            if (before.SequenceEqual(ReadValues()) && FileErrors().Count == 0)
            {
                return reading;
            }
        }

        return PolicyReading.InBetween;
    }

    private PolicyReading ReadOnce()
    {
        var options = factory.Create(Options.DefaultName);
        foreach (var configuration in configurations)
        {
            configuration.Describe(options);
        }

        // A source that has an error keeps what it read last: that is the policy, and not what is written.
        var (policy, errors) = OptionsReader.Read(options);
        return new PolicyReading(policy, [.. errors, .. configurations.Select(configuration => configuration.SourceError).OfType<string>()]);
    }

    private List<string> FileErrors() => [.. configurations.Select(configuration => configuration.FileError).OfType<string>()];

    private List<KeyValuePair<string, string?>> ReadValues() => [.. configurations.SelectMany(configuration => configuration.ReadValues())];
}
