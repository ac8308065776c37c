using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests;

/// <summary>A gate configured by a text as it would stand in a file.</summary>
internal static class Json
{
    public static ServiceProvider Services(string json)
    {
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        return new ServiceCollection().AddMapiGate(configuration).Services.BuildServiceProvider();
    }

    public static Gatekeeper Gatekeeper(this IServiceProvider services) => services.GetRequiredService<Gatekeeper>();
}
