using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.EndToEnd.Tests.Docs;

/// <summary>The documents tell the truth: their code is compiled and run, their output is what a run prints.</summary>
public class DocumentTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void EveryBlockOfCSharp_IsCompiledHere()
    {
        var compiled = Lines(Document.Source("tests/MapiGate.EndToEnd.Tests/Docs/Snippets.cs"));
        var blocks = Document.Names.Select(Document.Read).Append(Document.Readme).SelectMany(document => document.Blocks("csharp")).ToList();

        blocks.Should().HaveCountGreaterThan(4);
        blocks.Where(block => !compiled.Contains(Lines(block), StringComparison.Ordinal)).Should().BeEmpty();

        static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
    }

    [Fact]
    public async Task TheServerInTheReadme_Runs()
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var store = new AnyStore();
        var run = Task.Run(() => Snippets.RunServer([$"--urls={url}"], store));
        using var http = new HttpClient();

        (await AnswerAsync(() => http.GetStringAsync($"{url}/healthz"), run)).Should().Be("Healthy");
        await http.PostAsync($"{url}/mapi/emsmdb", null);

        await run.WithinBounds();
        store.Answered.Should().Be(1);
    }

    [Fact]
    public async Task TheEmbeddingInTheReadme_Runs()
    {
        var receipt = await Snippets.EmbedAsync(session => session.Dispose()).WithinBounds();

        receipt.Disconnected.Should().Be(1);
    }

    [Fact]
    public void EveryBlockOfJson_IsAPolicyWithoutFault()
    {
        var blocks = Document.Names.Select(Document.Read).SelectMany(document => document.Blocks("json")).ToList();

        blocks.Should().HaveCountGreaterThan(4);
        foreach (var block in blocks)
        {
            var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(block))).Build();
            using var services = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider()).AddMapiGate(configuration).Services.BuildServiceProvider();

            services.GetRequiredService<Gatekeeper>().Findings.Should().BeEmpty("{0} is an example to follow", block);
        }
    }

    [Fact]
    public async Task TheOutputInRules_IsWhatIsPrinted()
    {
        var rules = Document.Read("rules.md");
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, new FakeTimeProvider(), _log.For<Gatekeeper>());
        var outlook = new MapiClient { ProcessNames = ["OUTLOOK.EXE"] };
        for (var i = 0; i < 3; i++)
        {
            gatekeeper.TryLogon(outlook, out _, out _);
        }

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "outlook.exe", MaxDisconnects = 2 }));
        var held = (await _log.WaitForAsync("PolicyHeld")).Message;
        rules.Contains(held).Should().BeTrue(held);

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { ReportOnly = { DisableMapiClientProcesses = "mfc*.exe" } }));
        gatekeeper.TryLogon(
            new() { ProcessNames = ["MFCMapi.exe"], Version = new(16, 0, 15928, 20006), UserName = "janedow", MachineName = "WS-0417", RemoteAddress = IPAddress.Loopback }, out _, out _);
        var reported = (await _log.WaitForAsync("LogonReported")).Message;
        rules.Contains(reported).Should().BeTrue(reported);

        Printed(() => Snippets.Preview(gatekeeper)).Should().Be("1 of 4 sessions would be disconnected\n");

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new()
        {
            DisableMapiClientProcesses = "backup*.exe; mfcmapi*.exe",
            Exemptions = { ["nightly-backup"] = new() { User = "svc-backup", Reason = "nightly run" } },
        }));
        var printed = Printed(() => Snippets.Explain(gatekeeper));
        rules.Contains(printed).Should().BeTrue(printed);

        var invalid = FluentActions.Invoking(() => ConnectionPolicy.FromOptions(new() { DisableMapiClients = "eleven" })).Should().Throw<Exception>().Which.Message;
        rules.Contains(invalid).Should().BeTrue(invalid);
    }

    [Fact]
    public void Telemetry_ListsEveryInstrumentAndEvent()
    {
        var telemetry = Document.Read("telemetry.md");
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var names = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => names.Add(instrument.Name) };
        listener.Start();
        _ = new Gatekeeper(ConnectionPolicy.AllowAll, null, null, services.GetRequiredService<IMeterFactory>());

        names.Where(name => name.StartsWith("mapigate.", StringComparison.Ordinal)).Should().NotBeEmpty()
            .And.OnlyContain(name => telemetry.Contains($"| `{name}` |"));
        Assembly[] assemblies = [typeof(Gatekeeper).Assembly, typeof(Microsoft.AspNetCore.Builder.MapiGateApplicationBuilderExtensions).Assembly, typeof(MapiGate.Management.ManagementOptions).Assembly, Assembly.Load("MapiGate.Gateway")];
        assemblies.SelectMany(Events).Should().HaveCountGreaterThan(20);
        assemblies.SelectMany(Events).Where(row => !telemetry.Contains(row)).Should().BeEmpty();
    }

    [Fact]
    public void EveryPromise_NamesTestsThatGuardIt_AndTheyExist()
    {
        var guards = Document.Read("attack.md").Tests("What guards each promise");

        guards.Select(promise => promise.Key).Should().HaveCount(7).And.OnlyContain(promise => Document.Readme.Contains($"{promise.Replace(". ", ". **")}.**"));
        guards.Should().OnlyContain(promise => promise.Count() > 1);
        guards.SelectMany(promise => promise).Where(test => !Document.HasTest(test.Class, test.Name)).Should().BeEmpty();
    }

    /// <summary>The beginning of each event's row.</summary>
    private static IEnumerable<string> Events(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        from log in method.GetCustomAttributes<LoggerMessageAttribute>()
        select $"| {log.EventId} | `{log.EventName ?? method.Name}` | {log.Level} |";

    private static string Printed(Action print)
    {
        var output = Console.Out;
        using var writer = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(writer);
            print();
        }
        finally
        {
            Console.SetOut(output);
        }

        return writer.ToString();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks until somebody listens.</summary>
    private static async Task<string> AnswerAsync(Func<Task<string>> ask, Task server)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException) when (!server.IsCompleted)
            {
                await Task.Yield();
            }
        }
    }
}
