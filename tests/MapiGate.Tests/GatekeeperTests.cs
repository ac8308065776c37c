using MapiGate.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests;

public class GatekeeperTests
{
    [Fact]
    public void TryLogon_AllowedProcess_GetsASession()
    {
        var clock = new FakeTimeProvider();
        var gatekeeper = new Gatekeeper(Gate.Blocking("program1.exe"), clock);
        var client = Gate.Client("OUTLOOK.EXE");

        gatekeeper.TryLogon(client, out var session, out var verdict).Should().BeTrue();

        verdict.IsAllowed.Should().BeTrue();
        session!.Client.Should().BeSameAs(client);
        session.StartedAt.Should().Be(clock.GetUtcNow());
        session.IsDisconnected.Should().BeFalse();
        session.Disconnected.IsCancellationRequested.Should().BeFalse();
        session.Verdict.IsAllowed.Should().BeTrue();
        gatekeeper.Sessions.Should().ContainSingle().Which.Id.Should().Be(session.Id);
    }

    [Fact]
    public void StartedAt_ByTheSystemsClock_IsTheTimeOfEachLogon()
    {
        var before = TimeProvider.System.GetUtcNow();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);

        var first = gatekeeper.Logon("a.exe");

        first.StartedAt.Should().BeCloseTo(before, TimeSpan.FromSeconds(30));
        SpinWait.SpinUntil(() => gatekeeper.Logon("a.exe").StartedAt > first.StartedAt, TimeSpan.FromSeconds(30)).Should().BeTrue();
    }

    [Fact]
    public void TryLogon_BlockedProcess_LeavesNothingInTheTable()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("program1.exe"));

        gatekeeper.TryLogon(Gate.Client("Program1.EXE"), out var session, out var verdict).Should().BeFalse();

        session.Should().BeNull();
        verdict.Rule.Should().Be("program1.exe");
        gatekeeper.Sessions.Should().BeEmpty();
        gatekeeper.Sessions.CountByProcess().Should().BeEmpty();
    }

    [Fact]
    public void TryLogon_ThePolicyThrows_ThrowsAndLetsNobodyIn()
    {
        var gatekeeper = new Gatekeeper(Gate.Judging(_ => throw new InvalidOperationException("broken policy")));

        gatekeeper.Invoking(g => g.TryLogon(Gate.Client("a.exe"), out _, out _)).Should().Throw<InvalidOperationException>();

        gatekeeper.Sessions.Should().BeEmpty();
    }

    [Fact]
    public void TryLogon_ThePolicyChangesWhileItJudges_IsJudgedAgain()
    {
        Gatekeeper? gatekeeper = null;
        var changed = false;
        gatekeeper = new Gatekeeper(Gate.Judging(_ =>
        {
            if (!changed)
            {
                changed = true;
                gatekeeper!.Apply(Gate.Blocking("a.exe"));
            }

            return false;
        }));

        gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out var verdict).Should().BeFalse();

        verdict.Rule.Should().Be("a.exe");
    }

    [Theory]
    [MemberData(nameof(PoliciesAgainstProgram1))]
    public void Apply_DisconnectsTheDenied_AndTouchesNobodyElse(IConnectionPolicy policy, string rule)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var denied = Enumerable.Range(0, 1500).Select(_ => gatekeeper.Logon("program1.exe")).ToList();
        var others = Enumerable.Range(0, 1500).Select(i => gatekeeper.Logon($"other{i % 7}.exe")).ToList();

        var receipt = gatekeeper.Apply(policy);

        receipt.Revision.Should().Be(1);
        receipt.Examined.Should().Be(3000);
        receipt.Disconnected.Should().Be(1500);
        gatekeeper.Revision.Should().Be(1);
        gatekeeper.Policy.Should().BeSameAs(policy);
        denied.Should().OnlyContain(session => session.IsDisconnected && session.Verdict.Rule == rule && session.Disconnected.IsCancellationRequested);
        others.Should().OnlyContain(session => !session.IsDisconnected && session.Verdict.IsAllowed && !session.Disconnected.IsCancellationRequested);
        gatekeeper.Ids().SetEquals(others.Select(session => session.Id)).Should().BeTrue();
        gatekeeper.Sessions.Count.Should().Be(1500);
    }

    public static TheoryData<IConnectionPolicy, string> PoliciesAgainstProgram1 => new()
    {
        { Gate.Blocking("program1.exe"), "program1.exe" },
        { Gate.Judging(client => client.ProcessName == "program1.exe"), "custom" },
    };

    [Fact]
    public void Apply_APolicyThatJudgesByUser_DisconnectsThatUserOnly()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var jane = gatekeeper.Logon("OUTLOOK.EXE", "jane");
        var john = gatekeeper.Logon("OUTLOOK.EXE", "john");

        gatekeeper.Apply(Gate.Judging(client => client.UserName == "jane"));

        jane.IsDisconnected.Should().BeTrue();
        john.IsDisconnected.Should().BeFalse();
    }

    [Fact]
    public void Apply_ANameTakenOffTheList_LetsTheProgramInAgain()
    {
        var gatekeeper = new Gatekeeper(Gate.Blocking("program1.exe"));
        gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeFalse();

        gatekeeper.Apply(ConnectionPolicy.AllowAll).Revision.Should().Be(1);

        gatekeeper.TryLogon(Gate.Client("program1.exe"), out _, out _).Should().BeTrue();
    }

    [Fact]
    public async Task Apply_APolicyThatThrowsForOneSession_LeavesThatOneAndSaysSo()
    {
        var log = new RecordingLogger();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: log.For<Gatekeeper>());
        var puzzling = gatekeeper.Logon("puzzle.exe");
        var denied = gatekeeper.Logon("program1.exe");

        gatekeeper.Apply(Gate.Judging(client => client.ProcessName == "puzzle.exe" ? throw new FormatException() : true));

        puzzling.IsDisconnected.Should().BeFalse();
        denied.IsDisconnected.Should().BeTrue();
        (await log.WaitForAsync("SessionNotJudged")).Exception.Should().BeOfType<FormatException>();
    }

    [Fact]
    public async Task Apply_AProgramPolicyThatThrowsForOneProgram_LeavesThatOneAndSaysSo()
    {
        var log = new RecordingLogger();
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, logger: log.For<Gatekeeper>());
        var puzzling = gatekeeper.Logon("puzzle.exe");
        var denied = gatekeeper.Logon("program1.exe");

        gatekeeper.Apply(new PuzzledPolicy());

        puzzling.IsDisconnected.Should().BeFalse();
        denied.IsDisconnected.Should().BeTrue();
        (await log.WaitForAsync("SessionNotJudged")).Message.Should().Contain("puzzle.exe");
    }

    [Fact]
    public void Explain_APolicyThatCannotTell_GivesItsVerdict()
    {
        var explanation = new Gatekeeper(Gate.Judging(_ => true)).Explain(Gate.Client("a.exe"));

        explanation.Verdict.Rule.Should().Be("custom");
        explanation.Steps.Should().BeEmpty();
    }

    [Fact]
    public async Task Apply_Completion_EndsWhenTheHostHasReleasedAll()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var sessions = new[] { gatekeeper.Logon("a.exe"), gatekeeper.Logon("a.exe"), gatekeeper.Logon("b.exe") };

        var receipt = gatekeeper.Apply(Gate.Blocking("a.exe; b.exe"));
        receipt.Completion.IsCompleted.Should().BeFalse();
        sessions[0].Dispose();
        sessions[0].Dispose();
        sessions[1].Dispose();
        receipt.Completion.IsCompleted.Should().BeFalse("one session is still open, however often another is released");
        sessions[2].Dispose();

        await receipt.Completion.WithinBounds();
    }

    [Fact]
    public void Apply_NobodyDenied_CompletesAtOnce() =>
        new Gatekeeper(ConnectionPolicy.AllowAll).Apply(ConnectionPolicy.AllowAll).Completion.IsCompletedSuccessfully.Should().BeTrue();

    [Fact]
    public void Preview_TellsWhatApplyWouldDo_AndChangesNothing()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var denied = new[] { gatekeeper.Logon("a.exe"), gatekeeper.Logon(@"C:\x\A.EXE"), gatekeeper.Logon("b.exe") };
        gatekeeper.Logon("c.exe");

        var preview = gatekeeper.Preview(Gate.Blocking("a.exe; b.exe"));

        preview.Disconnected.Select(session => session.Id).Should().BeEquivalentTo(denied.Select(session => session.Id));
        preview.ByRule.Should().Equal(new Dictionary<string, int> { ["a.exe"] = 2, ["b.exe"] = 1 });
        preview.ByProgram.Should().HaveCount(2).And.Contain("a.exe", 2).And.Contain("b.exe", 1);
        preview.Examined.Should().Be(4);
        preview.Remaining.Should().Be(1);
        gatekeeper.Revision.Should().Be(0);
        gatekeeper.Sessions.Should().HaveCount(4);
        denied.Should().OnlyContain(session => !session.IsDisconnected);
    }

    private sealed class PuzzledPolicy : IProgramPolicy
    {
        public ConnectionVerdict Evaluate(MapiClient client) => ConnectionVerdict.Denied("all");

        public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
        {
            verdict = ConnectionVerdict.Denied("all");
            return program.ProcessNames[0] != "puzzle.exe" ? true : throw new FormatException();
        }
    }
}
