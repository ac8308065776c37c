namespace MapiGate.Attack.Tests.Sessions;

/// <summary>Changes the policy, one of several threads that do, and looks at the table after each change before anyone changes it again.</summary>
internal sealed class Administrator(Gatekeeper gatekeeper, SessionModel model, IReadOnlyList<HostThread> hosts, int seed, int changes)
{
    // Of all hosts together.
    private const int OperationsPerChange = 100;

    private readonly Random _random = new(seed);

    public void Run()
    {
        for (var change = 0; change < changes; change++)
        {
            // Left to the scheduler, hundreds of changes would pass between two logons.
            var until = model.LastRevision * OperationsPerChange;
            SpinWait.SpinUntil(() => hosts.Sum(host => host.Operations) >= until, TimeSpan.FromSeconds(30)).Should().BeTrue("hosts go on");
            if (_random.Next(4) == 0)
            {
                Preview();
            }

            lock (model)
            {
                Change();
            }
        }
    }

    private void Change()
    {
        var policy = JudgedPolicy.Next(_random, model.LastRevision + 1);
        model.Announce(policy);
        var receipt = gatekeeper.Apply(policy.Policy);
        var survivors = gatekeeper.Sessions.Count(session => policy.Denies(session.Client));

        survivors.Should().Be(0, $"revision {policy.Revision} denies them, and Apply has returned");
        receipt.Revision.Should().Be(policy.Revision);
        model.Keep(receipt);
    }

    /// <summary>With logons going on, what a preview names must at least be what the policy denies.</summary>
    private void Preview()
    {
        var policy = JudgedPolicy.Next(_random, revision: 0);
        var preview = gatekeeper.Preview(policy.Policy);
        preview.Disconnected.Should().NotContain(session => !policy.Denies(session.Client));
        preview.Examined.Should().BeGreaterThanOrEqualTo(preview.Disconnected.Count);
    }
}
