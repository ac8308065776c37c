using System.Globalization;
using System.Text;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Telemetry;

/// <summary>Refuses backup.exe but for svc1, whose exemption ends after an hour, and svc2, whose ends after two.</summary>
internal static class EndingPolicy
{
    public static IConnectionPolicy Create(SteppedClock clock, string processes = "backup.exe")
    {
        var json = string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "MapiGate": {
                "DisableMapiClientProcesses": "{{processes}}",
                "Exemptions": {
                  "one": { "User": "svc1", "Until": "{{SteppedClock.Start.AddHours(1):O}}" },
                  "two": { "User": "svc2", "Until": "{{SteppedClock.Start.AddHours(2):O}}" }
                }
              }
            }
            """);

        // Read as a file is: how exemptions stand in the options is nothing to these tests.
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        using var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddMapiGate(configuration).Services.BuildServiceProvider();
        return services.GetRequiredService<Gatekeeper>().Policy;
    }
}
