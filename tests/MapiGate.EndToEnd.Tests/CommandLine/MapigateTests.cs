using System.Text.Json.Nodes;
using MapiGate.TestSupport.Processes;

namespace MapiGate.EndToEnd.Tests.CommandLine;

/// <summary>Every verb of <c>mapigate</c>, asked of the store-service host with real clients.</summary>
public sealed class MapigateTests : IAsyncLifetime
{
    private const string Up = "-16.0.15927.65535";

    private StoreHost _host = null!;

    public async Task InitializeAsync() => _host = await StoreHost.StartAsync();

    public Task DisposeAsync()
    {
        _host.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Block_ShowsWhomItWouldCut_ChangesNothingUnasked_ThenCutsThem_AndUnblockLetsThemIn()
    {
        using var old = _host.Client("--process", "OUTLOOK.EXE", "--client-version", "16.0.15000.1");
        using var current = _host.Client("--process", "OUTLOOK.EXE", "--user", "johndoe");
        await old.WaitForAsync("mailboxOpen");
        await current.WaitForAsync("mailboxOpen");
        string[] block = ["block", "OUTLOOK.EXE", "--version", Up, "--for", "2h", "--reason", "INC-4711"];

        var would = (await RunAsync([.. block, "--what-if"])).ShouldEndWith(0).Output;
        would.Should().Contain("Would cut 1 of 2 sessions").And.Contain("janedow").And.Contain("127.0.0.1").And.NotContain("johndoe");
        (await RunAsync(block)).ShouldEndWith(5).Output.Should().Contain("Nothing was changed");
        (await RunAsync("policy", "history", "-o", "json")).Json().AsArray().Should().BeEmpty();
        old.Events.Should().NotContain(line => line.Event == "cut");

        (await RunAsync([.. block, "--yes"])).ShouldEndWith(0).Output.Should().Contain("1 of 2 sessions disconnected");
        await old.WaitForAsync("refused");
        current.Events.Should().NotContain(line => line.Event == "cut");
        (await RunAsync("refused")).ShouldEndWith(0).Output.Should().Contain("OUTLOOK.EXE").And.Contain("block-outlook.exe");
        var rule = (await RunAsync("policy", "show", "-o", "json")).Json()["rules"]![0]!;
        (DateTimeOffset.Parse(rule["until"]!.GetValue<string>(), null) - TimeProvider.System.GetUtcNow()).Should().BeCloseTo(TimeSpan.FromHours(2), TimeSpan.FromMinutes(2));

        (await RunAsync("unblock", "block-outlook.exe")).ShouldEndWith(5);
        (await RunAsync("unblock", "block-outlook.exe", "--yes", "--reason", "mended")).ShouldEndWith(0);
        (await RunAsync("unblock", "block-outlook.exe", "--yes")).ShouldEndWith(1).Error.Should().Contain("block-outlook.exe");
        using var again = _host.Client("--process", "OUTLOOK.EXE", "--client-version", "16.0.15000.1");
        await again.WaitForAsync("mailboxOpen");
    }

    [Fact]
    public async Task Version_OfThreeNumbers_IsReadAsKb288894Does()
    {
        using var client = _host.Client("--process", "OUTLOOK.EXE", "--client-version", "16.0.15000.1");
        await client.WaitForAsync("mailboxOpen");

        (await RunAsync("block", "OUTLOOK.EXE", "--version", "-16.0.15927", "--what-if")).Output.Should().Contain("Would cut 0 of 1", "three numbers mean up to 16.0.0.15927");
        (await RunAsync("block", "OUTLOOK.EXE", "--version", Up, "--what-if")).Output.Should().Contain("Would cut 1 of 1");
    }

    [Fact]
    public async Task Kick_CutsTheSessionsChosen_AndTheyMayComeBack()
    {
        using var jane = _host.Client("--process", "program1.exe");
        using var john = _host.Client("--process", "program1.exe", "--user", "johndoe");
        await jane.WaitForAsync("mailboxOpen");
        await john.WaitForAsync("mailboxOpen");

        (await RunAsync("kick", "--user", "janedow", "--what-if")).ShouldEndWith(0).Output.Should().Contain("Would disconnect 1");
        (await RunAsync("kick", "--user", "janedow")).ShouldEndWith(5);
        jane.Events.Should().NotContain(line => line.Event == "cut");
        var ids = (await RunAsync("sessions", "--user", "janedow", "-o", "json")).Json()["sessions"]!.AsArray();
        (await RunAsync("kick", "--session", ids.Single()!["id"]!.ToString(), "--reason", "asked to", "--yes")).ShouldEndWith(0).Output.Should().Contain("1 of ");

        await jane.WaitForCountAsync("mailboxOpen", 2);
        john.Events.Should().NotContain(line => line.Event == "cut");
        (await RunAsync("kick", "--yes")).ShouldEndWith(1).Error.Should().Contain("Whom?");
    }

    [Fact]
    public async Task HeldChange_IsSaidByTheExitCode_AndConfirmedOrWithdrawn()
    {
        using var client = _host.Client("--process", "program1.exe");
        await client.WaitForAsync("mailboxOpen");
        var file = Write("""{ "MapiGate": { "DisableMapiClientProcesses": "program1.exe", "MaxDisconnects": 0 } }""");

        (await RunAsync("apply", file, "--yes")).ShouldEndWith(4).Output.Should().Contain("held");
        (await RunAsync("status")).Output.Should().Contain("held");
        (await RunAsync("gates")).Output.Should().Contain("HELD");
        (await RunAsync("withdraw", "--yes")).ShouldEndWith(0);
        (await RunAsync("confirm", "--yes")).ShouldEndWith(1).Error.Should().Contain("No change is held");

        (await RunAsync("apply", file, "--yes")).ShouldEndWith(4);
        (await RunAsync("confirm")).ShouldEndWith(5);
        client.Events.Should().NotContain(line => line.Event == "cut");
        (await RunAsync("confirm", "--yes")).ShouldEndWith(0).Output.Should().Contain("1 of 1 sessions disconnected");
        await client.WaitForAsync("refused");
    }

    [Fact]
    public async Task Document_IsPreviewed_Applied_Edited_AndRolledBack()
    {
        var one = Write("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }""");
        (await RunAsync("preview", one)).ShouldEndWith(0).Output.Should().Contain("Would cut 0 of 0");
        (await RunAsync("apply", one)).ShouldEndWith(5);
        (await RunAsync("apply", one, "--yes", "--reason", "first")).ShouldEndWith(0);
        (await RunAsync("apply", Write("""{ "MapiGate": { "Mode": "Maybe" } }"""), "--yes")).ShouldEndWith(1).Error.Should().Contain("MapiGate:Mode").And.Contain("Maybe");
        (await RunAsync("apply", "not-there.json", "--yes")).ShouldEndWith(64);

        (await EditAsync("sed -i s/one.exe/two.exe/")).ShouldEndWith(0);
        (await RunAsync("policy", "show")).Output.Should().Contain("two.exe");

        var history = (await RunAsync("policy", "history")).Output;
        history.Should().Contain("first").And.Contain("administrator").And.Contain("current");
        (await RunAsync("policy", "rollback", "1", "--yes")).ShouldEndWith(0);
        (await RunAsync("policy", "show")).Output.Should().Contain("one.exe");
        (await RunAsync("policy", "rollback", "99", "--yes")).ShouldEndWith(1);
        (await RunAsync("findings")).ShouldEndWith(0);
    }

    [Fact]
    public async Task Edit_OverWhatSomebodyElseWroteMeanwhile_IsRefused_AndKeepsWhatWasWritten()
    {
        (await RunAsync("apply", Write("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe" } }"""), "--yes")).ShouldEndWith(0);
        var theirs = Write("""{ "MapiGate": { "DisableMapiClientProcesses": "one.exe; theirs.exe" } }""");
        var editor = Write($"dotnet {BuiltProgram.Mapigate} apply {theirs} --yes > /dev/null && sed -i s/one.exe/mine.exe/ \"$1\"");

        var edited = (await EditAsync($"sh {editor}")).ShouldEndWith(1);

        edited.Error.Should().Contain("Somebody else");
        var kept = edited.Error.Trim().Split(' ')[^1].TrimEnd('.');
        File.ReadAllText(kept).Should().Contain("mine.exe");
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);
        var shown = (await RunAsync("policy", "show", "-o", "json")).Json();
        shown["document"]!.GetValue<string>().Should().Contain("theirs.exe");
        (await RunAsync("apply", theirs, "--if-version", "older", "--yes")).ShouldEndWith(1).Error.Should().Contain("Somebody else");
        (await RunAsync("apply", theirs, "--if-version", shown["version"]!.GetValue<string>(), "--yes")).ShouldEndWith(0);
    }

    [Fact]
    public async Task Explain_SaysWhichRuleDecides()
    {
        (await RunAsync("block", "program1.exe", "--name", "incident", "--yes")).ShouldEndWith(0);

        (await RunAsync("explain", "PROGRAM1.EXE")).ShouldEndWith(0).Output.Should().Contain("incident");
        (await RunAsync("explain", "other.exe", "-o", "json")).Json()["isAllowed"]!.GetValue<bool>().Should().BeTrue();
        (await RunAsync("explain", "other.exe", "--version", "nonsense")).ShouldEndWith(1).Error.Should().Contain("nonsense");
    }

    [Fact]
    public async Task Watch_FollowsTheJournalLive_UntilItIsInterrupted()
    {
        (await RunAsync("block", "program0.exe", "--yes")).ShouldEndWith(0);
        using var watch = new ChildProcess(Mapigate.Prepare(_host, "dotnet", [BuiltProgram.Mapigate, "watch", "-o", "json"]));
        await watch.WaitForLineAsync("block-program0.exe");

        (await RunAsync("block", "program1.exe", "--yes")).ShouldEndWith(0);

        var line = await watch.WaitForLineAsync("block-program1.exe");
        JsonNode.Parse(line)!["kind"]!.GetValue<string>().Should().Be("PolicyChanged");
        watch.Interrupt();
        (await watch.WaitForExitAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Json_IsWhatTheApiAnswers_UnderTheNamesOfItsDescription()
    {
        using var client = _host.Client("--process", "program1.exe");
        await client.WaitForAsync("mailboxOpen");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {(await RunAsync("token")).ShouldEndWith(0).Output.Trim()}");
        foreach (var (verb, path) in new[] { ("programs", "programs"), ("refused", "refused"), ("findings", "findings"), ("gates", "gates"), ("sessions", "sessions?limit=100"), ("policy show", "policy"), ("policy history", "policy/history") })
        {
            var answered = JsonNode.Parse(await http.GetStringAsync(new Uri(new Uri(_host.ManagementUrl), path)))!;
            JsonNode.DeepEquals((await RunAsync([.. verb.Split(' '), "-o", "json"])).ShouldEndWith(0).Json(), answered).Should().BeTrue(verb);
        }

        (await RunAsync("programs")).Output.Should().MatchRegex(@"program1\.exe +1 +0 +16\.0\.15928\.20006 \(1\)");
        (await RunAsync("sessions")).Output.Should().Contain("program1.exe").And.Contain("1 of 1");
        (await RunAsync("status")).Output.Should().Contain("administrator");
    }

    [Fact]
    public async Task ExitCodes_TellWhatWentWrong()
    {
        (await RunAsync("status", "--token", new string('0', 64))).ShouldEndWith(3).Error.Should().Contain("token");
        (await RunAsync("status", "--token-file", "not-there.json")).ShouldEndWith(3).Error.Should().Contain("--token");
        (await RunAsync("status", "--url", "http://127.0.0.1:1/mapigate")).ShouldEndWith(2).Error.Should().Contain("does not answer");
        (await RunAsync("watch", "--url", "http://127.0.0.1:1/mapigate")).ShouldEndWith(2);
        (await RunAsync("status", "--url", _host.Url)).ShouldEndWith(1).Error.Should().Contain("--url");
        (await RunAsync("status", "--url", "nonsense")).ShouldEndWith(64);
        (await RunAsync("nonsense")).ShouldEndWith(64);
        (await RunAsync("block", "one.exe", "--for", "long", "--yes")).ShouldEndWith(64).Error.Should().Contain("2h");
        (await RunAsync("block", "--yes")).ShouldEndWith(1).Error.Should().Contain("Whom?");
        (await RunAsync("--help")).ShouldEndWith(0).Output.Should().Contain("Examples");
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("n\n", 5)]
    public async Task OnATerminal_ItAsks_AndDoesWhatIsAnswered(string answer, int exitCode)
    {
        var asked = await Mapigate.RunOnATerminalAsync(_host, answer, "block", "program1.exe");

        asked.ShouldEndWith(exitCode).Output.Should().Contain("Do it?");
        (await RunAsync("policy", "history", "-o", "json")).Json().AsArray().Should().HaveCount(exitCode == 0 ? 1 : 0);
    }

    private Task<MapigateResult> RunAsync(params string[] arguments) => Mapigate.RunAsync(_host, arguments);

    private Task<MapigateResult> EditAsync(string editor) =>
        Mapigate.RunAsync(_host, "dotnet", [BuiltProgram.Mapigate, "policy", "edit", "--yes"], with: environment => environment["EDITOR"] = editor);

    private string Write(string text)
    {
        var file = Path.Combine(Path.GetDirectoryName(_host.TokenFile)!, $"{Guid.NewGuid()}.json");
        File.WriteAllText(file, text);
        return file;
    }
}
