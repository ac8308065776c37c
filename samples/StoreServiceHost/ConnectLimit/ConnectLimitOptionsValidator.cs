using Microsoft.Extensions.Options;

namespace StoreServiceHost.ConnectLimit;

/// <summary>Refuses limits that let nobody in, naming the key.</summary>
internal sealed class ConnectLimitOptionsValidator : IValidateOptions<ConnectLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectLimitOptions options)
    {
        var failures = new List<string>();
        Check(nameof(options.Burst), options.Burst);
        Check(nameof(options.PerSecond), options.PerSecond);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string key, int value)
        {
            if (value < 1)
            {
                failures.Add($"ConnectLimit:{key}: {value} would let nobody in. Write 1 or more, such as 1000.");
            }
        }
    }
}
