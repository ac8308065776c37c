using MapiGate.TestSupport;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Sessions;

/// <summary>Random logons, releases, changes and previews on several threads, judged afterwards by a model that has only one.</summary>
public class ModelTests(ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int Hosts = 3;
    private const int Administrators = 2;
    private const int ChangesOfAnAdministrator = 200;

    [Fact]
    public async Task EverythingHostsSaw_IsExplainedByOneOrderOfEvents()
    {
        (long sessions, long cut) = (0, 0);
        var run = new LongRun(Rounds);
        while (run.Next())
        {
            var (logons, model) = await RunAsync(seed: 920185 + ((run.Rounds - 1) * 100));
            sessions += logons.Count(logon => logon.Session is not null);
            cut += logons.Count(logon => logon.Session is { IsDisconnected: true });
            model.LastRevision.Should().Be(Administrators * ChangesOfAnAdministrator);
        }

        output.WriteLine($"{sessions} sessions, {cut} of them disconnected, {run.Rounds * Administrators * ChangesOfAnAdministrator} changes");
        cut.Should().BeGreaterThan(run.Rounds * 100, "the race must have been run");
    }

    private static async Task<(List<Logon> Logons, SessionModel Model)> RunAsync(int seed)
    {
        var first = JudgedPolicy.Next(new Random(seed), revision: 0);
        var gatekeeper = new Gatekeeper(first.Policy);
        var model = new SessionModel(first);
        using var stop = new CancellationTokenSource();
        var hosts = Enumerable.Range(1, Hosts).Select(i => new HostThread(gatekeeper, model, seed + i, stop.Token)).ToList();
        var working = hosts.Select(host => OnAThread(host.Run)).ToList();
        var administrators = Enumerable.Range(10, Administrators).Select(i => new Administrator(gatekeeper, model, hosts, seed + i, ChangesOfAnAdministrator));
        await Task.WhenAll(administrators.Select(administrator => OnAThread(administrator.Run))).WithinBounds();
        await stop.CancelAsync();
        await Task.WhenAll(working).WithinBounds();

        var logons = hosts.SelectMany(host => host.Logons).ToList();
        var because = $"seed {seed}";
        logons.Select(model.Judge).OfType<string>().Should().BeEmpty(because);
        CheckTable(gatekeeper, logons, because);
        CheckReceipts(model, logons, because);
        await CheckEndAsync(gatekeeper, model, logons, because);
        return (logons, model);
    }

    private static Task OnAThread(Action run) => Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void CheckTable(Gatekeeper gatekeeper, List<Logon> logons, string because)
    {
        var alive = logons.Where(SessionModel.IsAlive).Select(logon => logon.Session!).ToHashSet();
        gatekeeper.Sessions.Select(session => session.Id).ToHashSet().SetEquals(alive.Select(session => session.Id)).Should().BeTrue(because);
        gatekeeper.Sessions.Count.Should().Be(alive.Count, because);
        gatekeeper.Sessions.CountByProcess().Should().BeEquivalentTo(alive.GroupBy(session => session.Client.ProcessName!).ToDictionary(group => group.Key, group => group.Count()), because);
    }

    private static void CheckReceipts(SessionModel model, List<Logon> logons, string because)
    {
        // Each session that was cut is on exactly one receipt, and no receipt has more.
        var cuts = logons.Where(logon => logon.Session is { IsDisconnected: true }).GroupBy(logon => model.FindCut(logon.Session!)).ToDictionary(group => group.Key, group => group.LongCount());
        var unreleased = logons.Where(logon => logon is { Session.IsDisconnected: true, IsReleased: false }).Select(logon => model.FindCut(logon.Session!)).ToHashSet();
        model.Receipts.Where(receipt => unreleased.Contains(receipt.Revision) && receipt.Completion.IsCompleted).Should().BeEmpty(because);
        model.Receipts.Where(receipt => receipt.Disconnected > 0).ToDictionary(receipt => receipt.Revision, receipt => receipt.Disconnected).Should().BeEquivalentTo(cuts, because);
    }

    private static async Task CheckEndAsync(Gatekeeper gatekeeper, SessionModel model, List<Logon> logons, string because)
    {
        // In quiet, a preview and the change agree to the session.
        var last = JudgedPolicy.Next(new Random(model.Receipts.Count), model.LastRevision + 1);
        var preview = gatekeeper.Preview(last.Policy);
        preview.Disconnected.Select(session => session.Id).Should().BeEquivalentTo(logons.Where(SessionModel.IsAlive).Select(logon => logon.Session!).Where(session => last.Denies(session.Client)).Select(session => session.Id), because);
        var receipt = gatekeeper.Apply(last.Policy);
        receipt.Disconnected.Should().Be(preview.Disconnected.Count, because);

        // Once every host has let go, every change is complete, every listener told once, and nothing is left.
        logons.ForEach(logon => logon.Session?.Dispose());
        await Task.WhenAll(model.Receipts.Append(receipt).Select(change => change.Completion)).WithinBounds();
        gatekeeper.Sessions.Should().BeEmpty(because);
        var listeners = logons.Where(logon => logon.IsListening).ToList();
        SpinWait.SpinUntil(() => listeners.TrueForAll(logon => logon.Told > 0 == logon.Session!.IsDisconnected), TimeSpan.FromSeconds(30)).Should().BeTrue(because);
        listeners.Should().OnlyContain(logon => logon.Told <= 1, because);
    }
}
