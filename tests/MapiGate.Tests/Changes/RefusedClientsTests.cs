using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>The list of who is turned away goes by the policy in force, however late the log is.</summary>
public class RefusedClientsTests
{
    [Fact]
    public async Task AClientThatIsLetInAgain_IsGone_EvenWhileTheLogIsHeld()
    {
        using var log = new HeldLog("PolicyChanged");
        var gatekeeper = new Gatekeeper(Gate.Blocking("a.exe"), logger: log.For<Gatekeeper>());
        gatekeeper.TryLogon(Gate.Client("a.exe"), out _, out _);
        gatekeeper.Journal.Refused.Should().ContainSingle();

        gatekeeper.Apply(ConnectionPolicy.AllowAll);

        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Refused.Count == 0);
    }

    [Fact]
    public async Task AClientRefusedSinceAChangeThatIsToldLate_IsStillThere()
    {
        // The change that lets it in is told only when the policy, which is slow to say, has said so; by then it is refused again.
        using var letGo = new ManualResetEventSlim();
        var gatekeeper = new Gatekeeper(Gate.Blocking("b.exe"));
        gatekeeper.TryLogon(Gate.Client("b.exe", "first"), out _, out _);
        gatekeeper.Apply(Gate.Judging(client =>
        {
            if (client.UserName == "first")
            {
                letGo.Wait();
            }

            return false;
        }));
        gatekeeper.Apply(Gate.Blocking("a.exe"));
        gatekeeper.TryLogon(Gate.Client("a.exe", "second"), out _, out _);

        letGo.Set();

        await BoundedWait.UntilAsync(() => gatekeeper.Journal.Refused.All(refused => refused.User != "first"));
        gatekeeper.Journal.Refused.Should().ContainSingle().Which.User.Should().Be("second");
    }

    [Fact]
    public void WhatIsHeld_KeepsNoTextWithoutEnd()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Logon(new string('x', 1_000_000));

        var hold = gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "x*", MaxDisconnects = 0 })).Held!;

        hold.ByProgram.Keys.Should().ContainSingle().Which.Length.Should().BeLessThan(1000);
    }
}
