using System.Runtime.Versioning;

namespace MapiGate.Registry;

/// <summary>
/// Reads the policy's values. A key or value that is missing says nothing; one that cannot be read says what it said
/// last, each value for itself, so that a mistake in one does not keep a change of the other waiting.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class RegistryPolicyReader(RegistryLocation location)
{
    public RegistryReading Read(RegistryReading previous)
    {
        var error = location.Open(RegistryAccess.QueryValue, out var key);
        using (key)
        {
            if (Win32Error.IsAbsent(error))
            {
                return RegistryReading.Empty;
            }

            if (error != Win32Error.Success)
            {
                return previous with
                {
                    Errors = [ReadError.Describe($"{location} cannot be read: {Win32Error.Describe(error)}", "Give the account of this service the right to read it.")],
                };
            }

            var texts = new Dictionary<string, string>();
            var errors = new List<string>();
            var notes = new List<string>();
            foreach (var value in PolicyValue.All)
            {
                var reading = ValueReader.Read(key, value, location);
                if (reading.Error is not null)
                {
                    errors.Add(reading.Error);
                }

                if (reading.Note is not null)
                {
                    notes.Add(reading.Note);
                }

                if ((reading.Error is null ? reading.Text : previous.Texts.GetValueOrDefault(value.Key)) is { } text)
                {
                    texts[value.Key] = text;
                }
            }

            return new RegistryReading(texts, errors, notes);
        }
    }
}
