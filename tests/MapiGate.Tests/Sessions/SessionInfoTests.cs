using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Sessions;

/// <summary>A session as others see it: who it is, since when, and when it was last heard of.</summary>
public class SessionInfoTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Gatekeeper _gatekeeper;

    public SessionInfoTests() => _gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, _clock);

    [Fact]
    public void TheTable_ShowsEachSession_AsItIs()
    {
        var session = _gatekeeper.Logon("a.exe", "jane");
        _clock.Advance(TimeSpan.FromMinutes(5));
        session.MarkActive();

        var shown = _gatekeeper.Sessions.Should().ContainSingle().Which;

        shown.Should().BeEquivalentTo(new { session.Id, StartedAt = _clock.GetUtcNow() - TimeSpan.FromMinutes(5), LastActiveAt = _clock.GetUtcNow() });
        shown.Client.Should().BeSameAs(session.Client);
        _gatekeeper.Sessions.TryGet(session.Id, out var found).Should().BeTrue();
        found.Should().Be(shown);
    }

    [Fact]
    public void WhatWasShown_IsOfItsMoment()
    {
        var session = _gatekeeper.Logon("a.exe");
        var shown = _gatekeeper.Sessions.Single();

        _clock.Advance(TimeSpan.FromMinutes(5));
        session.MarkActive();

        shown.LastActiveAt.Should().Be(_clock.GetUtcNow() - TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void TryGet_OfNobody_OrOfOneWhoHasLeft_FindsNone()
    {
        var (released, cut, other) = (_gatekeeper.Logon("a.exe"), _gatekeeper.Logon("b.exe"), _gatekeeper.Logon("c.exe"));
        released.Dispose();
        _gatekeeper.Apply(Gate.Blocking("b.exe"));

        _gatekeeper.Sessions.TryGet(released.Id, out _).Should().BeFalse();
        _gatekeeper.Sessions.TryGet(cut.Id, out _).Should().BeFalse();
        _gatekeeper.Sessions.TryGet(long.MaxValue, out _).Should().BeFalse();
        _gatekeeper.Sessions.TryGet(0, out _).Should().BeFalse();
        _gatekeeper.Sessions.TryGet(other.Id, out _).Should().BeTrue();
    }

    [Fact]
    public void LastActiveAt_IsTheLogon_UntilTheHostSaysOtherwise()
    {
        var session = _gatekeeper.Logon("a.exe");
        session.LastActiveAt.Should().Be(session.StartedAt);
        _clock.Advance(TimeSpan.FromHours(1));
        session.LastActiveAt.Should().Be(session.StartedAt);

        session.MarkActive();

        session.LastActiveAt.Should().Be(_clock.GetUtcNow());
        session.StartedAt.Should().Be(_clock.GetUtcNow() - TimeSpan.FromHours(1));
        session.LastActiveAt.Offset.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void MarkActive_OfASessionThatHasEnded_IsHarmless()
    {
        var (released, cut) = (_gatekeeper.Logon("a.exe"), _gatekeeper.Logon("b.exe"));
        released.Dispose();
        _gatekeeper.Apply(Gate.Blocking("b.exe"));

        released.MarkActive();
        cut.MarkActive();

        _gatekeeper.Sessions.Should().BeEmpty();
        cut.IsDisconnected.Should().BeTrue();
    }

    [Fact]
    public void Disconnect_FindsThoseThatHaveBeenIdle()
    {
        var (idle, busy) = (_gatekeeper.Logon("a.exe"), _gatekeeper.Logon("a.exe"));
        _clock.Advance(TimeSpan.FromHours(8));
        busy.MarkActive();

        _gatekeeper.Disconnect(session => session.LastActiveAt < _clock.GetUtcNow() - TimeSpan.FromHours(1), "idle").Disconnected.Should().Be(1);

        idle.IsDisconnected.Should().BeTrue();
        busy.IsDisconnected.Should().BeFalse();
    }
}
