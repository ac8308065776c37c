using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MapiGate.Attack.Tests.Sources;

/// <summary>A gate that follows a policy file in a folder of its own, and what becomes of the file.</summary>
internal sealed class FollowedFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-attack-").FullName;
    private readonly IHost _host;

    public FollowedFile(string policy, params IConfigurationSource[] others)
    {
        Path = System.IO.Path.Combine(_folder, "policy.json");
        Write(policy);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder });

        // As short as may be: the attack is the same, and there is more of it.
        builder.Configuration.AddJsonFile(file =>
        {
            (file.Path, file.ReloadOnChange, file.ReloadDelay) = ("policy.json", true, 20);
            file.FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(_folder);
        });
        foreach (var other in others)
        {
            builder.Configuration.Sources.Add(other);
        }

        builder.Logging.AddProvider(Log);
        builder.Services.AddMapiGate(builder.Configuration.GetSection("MapiGate"));
        _host = builder.Build();
        _host.Start();
    }

    public string Path { get; }

    public RecordingLogger Log { get; } = new();

    public Gatekeeper Gatekeeper => _host.Services.GetRequiredService<Gatekeeper>();

    public static string Blocking(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";

    public void Write(string text) => File.WriteAllText(Path, text);

    /// <summary>Puts another file in this one's place at one stroke, as careful editors do.</summary>
    public void Replace(string text)
    {
        var other = Path + ".new";
        File.WriteAllText(other, text);
        File.Move(other, Path, overwrite: true);
    }

    public bool Denies(string processName)
    {
        var isLetIn = Gatekeeper.TryLogon(new MapiClient { ProcessNames = [processName] }, out var session, out _);
        session?.Dispose();
        return !isLetIn;
    }

    /// <summary>Waits until the file as it is now is the policy in force, and nothing is wrong with it.</summary>
    public void ShouldSoonDeny(string processName, bool denied = true) =>
        SpinWait.SpinUntil(() => Denies(processName) == denied && !Gatekeeper.Status.IsLastKnownGood, TimeSpan.FromSeconds(30))
            .Should().BeTrue($"{processName} is {(denied ? "" : "not ")}on the list; {Gatekeeper.Status}");

    /// <summary>Does something to the file, and waits until the gate has said that it cannot be read.</summary>
    public async Task BreakAsync(Action damage)
    {
        Log.Clear();
        damage();
        await Log.WaitForAsync("PolicyRejected");
        Gatekeeper.Status.IsLastKnownGood.Should().BeTrue();
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
