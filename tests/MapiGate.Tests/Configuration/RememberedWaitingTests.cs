using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>What waits, was withdrawn or is confirmed is so after a restart, too.</summary>
public sealed class RememberedWaitingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mapigate-").FullName;
    private readonly SteppedClock _clock = new();
    private readonly MemoryFile _file = new(Document());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ARuleWithdrawnAtItsBeginning_StaysOut()
    {
        using (var first = StartAndHold())
        {
            first.Gatekeeper.Withdraw(first.Gatekeeper.Status.Held!.Fingerprint);
        }

        using var second = Start();

        second.Denies("a.exe").Should().BeFalse("somebody has withdrawn it, and nobody has written anything since");
        second.Gatekeeper.Status.Held.Should().BeNull();
        second.Gatekeeper.Status.IsByHand.Should().BeTrue();
    }

    [Theory]
    [InlineData("""{ "says-nothing": {} }""", "")]
    [InlineData("{}", """, "MaxDisconnectPercent": 0.00001""")]
    public void ARuleHeldAtItsBeginning_WhateverElseIsWritten_IsHeldAgain(string exemptions, string more)
    {
        _file.Write(Document(exemptions: exemptions, more: more));
        StartAndHold().Dispose();

        using var second = Start();

        second.Gatekeeper.Status.Held.Should().NotBeNull();
        second.Denies("a.exe").Should().BeFalse();
        second.Gatekeeper.Revision.Should().Be(0, "what is remembered is what is written");
        second.Gatekeeper.Status.Warning.Should().BeNull();
    }

    [Fact]
    public void AChangeThatWasWithdrawn_AndIsConfirmedWhileTheGateIsDown_IsMadeAtTheStart()
    {
        string fingerprint;
        using (var first = Start())
        {
            first.Gatekeeper.Logon("b.exe");
            _file.Write(Document("b.exe"));
            fingerprint = first.Gatekeeper.Status.Held!.Fingerprint;
            first.Gatekeeper.Withdraw(fingerprint);
        }

        _file.Write(Document("b.exe", more: $", \"ConfirmChange\": \"{fingerprint}\""));
        using var second = Start();

        second.Denies("b.exe").Should().BeTrue();
    }

    [Fact]
    public void APolicyAppliedByHand_AfterAWithdrawnOneWasWrittenAgain_IsNotTheDocuments()
    {
        using (var first = Start())
        {
            var session = first.Gatekeeper.Logon("b.exe");
            _file.Write(Document("b.exe"));
            first.Gatekeeper.Withdraw(first.Gatekeeper.Status.Held!.Fingerprint);
            session.Dispose();
            _file.Write(Document("c.exe"));
            _file.Write(Document("b.exe"));
            first.Denies("b.exe").Should().BeTrue();
            first.Gatekeeper.Apply(Gate.Blocking("hand.exe"));
        }

        using var second = Start();

        second.Denies("b.exe").Should().BeTrue("a start applies what is written");
    }

    private static string Document(string processes = "", string exemptions = "{}", string more = "") => $$"""
        {
          "MapiGate": {
            "DisableMapiClientProcesses": "{{processes}}",
            "MaxDisconnects": 0,
            "Rules": { "later": { "Process": "a.exe", "From": "{{SteppedClock.Start.AddHours(1):O}}" } },
            "Exemptions": {{exemptions}}{{more}}
          }
        }
        """;

    private FollowedContainer StartAndHold()
    {
        var container = Start();
        container.Gatekeeper.Logon("a.exe");
        _clock.Advance(TimeSpan.FromHours(1));
        container.Gatekeeper.Status.Held.Should().NotBeNull();
        return container;
    }

    private FollowedContainer Start() => new(services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        return services.AddMapiGate(_file.Root(), "MapiGate").RememberPolicy(Path.Combine(_folder, "last.json"));
    });
}
