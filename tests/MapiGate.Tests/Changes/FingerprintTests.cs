using MapiGate.TestSupport;

namespace MapiGate.Tests.Changes;

/// <summary>InForce.Fingerprint names what was written: on every host, at every time, from every source alike.</summary>
public class FingerprintTests
{
    [Fact]
    public void Fingerprint_IsOf128Bits_AndKnowsNeitherHostNorTimeNorOrder()
    {
        var clock = new SteppedClock();
        var one = new Gatekeeper(Policy("a.exe; b.exe", "store.exe", 1), clock);
        var other = new Gatekeeper(Policy("B.EXE;a.exe;;a.exe", "gateway.exe", 1), clock);
        var written = one.InForce.Fingerprint;
        var effective = one.InForce.EffectiveFingerprint;

        written.Length.Should().BeGreaterThanOrEqualTo(128 / 6);
        other.InForce.Fingerprint.Should().Be(written);
        other.InForce.EffectiveFingerprint.Should().NotBe(effective, "its own programs are others");

        clock.Advance(TimeSpan.FromHours(2));
        one.InForce.Fingerprint.Should().Be(written, "nobody wrote anything");
        one.InForce.EffectiveFingerprint.Should().NotBe(effective, "an exemption has ended");
    }

    [Fact]
    public void Fingerprint_OfAPolicyNotMadeOfRules_IsEmpty() =>
        new Gatekeeper(Gate.Judging(_ => false)).InForce.Fingerprint.Should().BeEmpty();

    private static IConnectionPolicy Policy(string processes, string own, int hours) => ConnectionPolicy.FromOptions(new()
    {
        DisableMapiClientProcesses = processes,
        OwnProcesses = { own },
        Exemptions = { ["svc"] = new ExemptionOptions { User = "svc", Until = SteppedClock.Start.AddHours(hours) } },
    });
}
