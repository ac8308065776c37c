using Microsoft.Extensions.Options;

namespace StoreServiceHost.Contexts;

/// <summary>Refuses times that no timer can run on, naming the key.</summary>
internal sealed class ContextOptionsValidator : IValidateOptions<ContextOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, ContextOptions options)
    {
        var failures = new List<string>();
        Check(nameof(options.IdleExpiry), options.IdleExpiry, TimeSpan.FromSeconds(1));
        Check(nameof(options.PendingPeriod), options.PendingPeriod, TimeSpan.FromMilliseconds(100));
        Check(nameof(options.MaxWait), options.MaxWait, TimeSpan.FromSeconds(1));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string key, TimeSpan value, TimeSpan shortest)
        {
            if (value < shortest || value > Longest)
            {
                failures.Add($"Contexts:{key}: {value} is out of range. Write a time between {shortest} and {Longest}, such as 00:15:00.");
            }
        }
    }
}
