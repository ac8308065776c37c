using System.Collections.Frozen;

namespace MapiGate;

/// <summary>
/// Changes the policy in force, one change at a time, whoever asks: the host, the configuration it follows, or the clock.
/// Keeps what is held and what is wrong until it is over.
/// </summary>
internal sealed class PolicyChanger : IDisposable
{
    private static readonly IReadOnlySet<string> None = FrozenSet<string>.Empty;

    private readonly Lock _changing = new();
    private readonly SessionTable _sessions;
    private readonly TimeProvider _timeProvider;
    private readonly ChangeReporter _reporter;
    private readonly HeldChanges _held = new();
    private readonly PolicyClock _clock;
    private volatile PolicyStatus _status = new();

    // What configuration said last that was dealt with, put in force or withdrawn, and which of the two.
    private RulePolicy? _followed;
    private bool _isWithdrawn;

    public PolicyChanger(SessionTable sessions, TimeProvider timeProvider, ChangeReporter reporter)
    {
        _sessions = sessions;
        _timeProvider = timeProvider;
        _reporter = reporter;
        _clock = new PolicyClock(timeProvider, ObserveMoment);
        SetClock();
        _reporter.Started(sessions.InForce.Policy);
    }

    /// <summary>Called after anything of the state has changed, outside every lock.</summary>
    public event Action? StateChanged;

    public PolicyStatus Status => _status;

    private PolicyInForce InForce => _sessions.InForce;

    /// <summary>A policy as it is at the beginning: nobody is there to be cut.</summary>
    public static IConnectionPolicy AsOf(IConnectionPolicy policy, DateTimeOffset now) => policy is RulePolicy rules ? rules.AsOf(now, None) : policy;

    public PolicyReceipt Apply(IConnectionPolicy policy, PolicyChangeMode mode) => Locked(() => Try(policy, mode, ChangeOrigin.Host));

    public PolicyPreview Preview(IConnectionPolicy policy) =>
        PolicyPreview.Of(new SessionJudge(policy is RulePolicy rules ? rules.Anticipate(_timeProvider.GetUtcNow()) : policy), _sessions);

    public PolicyReceipt Confirm(string fingerprint) => Locked(() =>
    {
        var start = _timeProvider.GetTimestamp();
        var held = _held.Get(fingerprint);

        // A rule held at its beginning is one of the policy in force, whose limits may have been written anew since.
        return Change(held.Origin == ChangeOrigin.Moment ? InForce.Policy : held.Policy, held.Origin, start);
    });

    public void Withdraw(string fingerprint) => Locked(() =>
    {
        var held = _held.Get(fingerprint);
        Withdraw(held);
        if (held.Origin == ChangeOrigin.Configuration)
        {
            (_followed, _isWithdrawn) = (held.Policy, true);
        }

        return true;
    });

    public PolicyReceipt Disconnect(Func<SessionInfo, bool> which, string reason)
    {
        // Whoever asks is anybody's code: it is asked outside every lock, and about everybody before anyone is cut.
        var start = _timeProvider.GetTimestamp();
        var examined = 0L;
        var chosen = new List<MapiSession>();
        foreach (var session in _sessions.Snapshot())
        {
            examined++;
            if (which(session.Info))
            {
                chosen.Add(session);
            }
        }

        return Locked(() =>
        {
            var sweep = new SessionSweep(_sessions);
            sweep.Disconnect(chosen, ConnectionVerdict.Denied(reason, $"The administrator of this server has ended this session: {reason}"));
            sweep.Finish();
            var receipt = Receipt(sweep, examined, start);
            _reporter.Kicked(receipt, reason, sweep);
            return receipt;
        });
    }

    /// <summary>Says what configuration said last that was dealt with.</summary>
    /// <param name="policy">What it said; <see langword="null"/> when nothing that can be read.</param>
    /// <param name="isWithdrawn">Whether somebody has withdrawn it.</param>
    public void FollowFrom(RulePolicy? policy, bool isWithdrawn) => Locked(() =>
    {
        (_followed, _isWithdrawn) = (policy, isWithdrawn);
        return true;
    });

    /// <summary>Holds again what was held before a restart. There are no sessions yet to count, so it says what was counted then.</summary>
    public void HoldAgain(RulePolicy policy, PolicyHold hold) => Locked(() => Hold(hold, policy, ChangeOrigin.Configuration, _timeProvider.GetTimestamp()));

    /// <summary>Keeps rules waiting that were held at their beginning before a restart.</summary>
    /// <param name="waiting">The names of the rules.</param>
    /// <param name="hold">The hold; <see langword="null"/> when it was withdrawn.</param>
    public void KeepWaiting(IReadOnlySet<string> waiting, PolicyHold? hold) => Locked(() =>
    {
        if (InForce.Policy is RulePolicy current && current.AsOf(_timeProvider.GetUtcNow(), waiting) is { Waiting.Count: > 0 } next)
        {
            _sessions.Publish(new PolicyInForce(next, InForce.Revision, InForce.Since));
            if (hold is not null)
            {
                Hold(hold, next, ChangeOrigin.Moment, _timeProvider.GetTimestamp());
            }
        }

        return true;
    });

    /// <summary>Takes what configuration says now. The same said again changes nothing.</summary>
    /// <returns>What became of the change; <see langword="null"/> when nothing changed.</returns>
    public PolicyReceipt? Follow(RulePolicy policy) => Locked<PolicyReceipt?>(() =>
    {
        // A change that is held stays so until it or its limits are written anew, even when sessions have left since: it
        // must not go off on some later day because a file was touched.
        if (_held.Find(ChangeOrigin.Configuration) is { } held && policy.SaysTheSameAs(held.Policy) && policy.Written.Limits == held.Policy.Written.Limits)
        {
            return null;
        }

        if (!policy.SaysTheSameAs(_followed) || IsNewlyConfirmed(policy))
        {
            var receipt = Try(policy, PolicyChangeMode.Guarded, ChangeOrigin.Configuration);
            if (receipt.Held is null)
            {
                (_followed, _isWithdrawn) = (policy, false);
            }

            return receipt;
        }

        Withdraw(_held.Find(ChangeOrigin.Configuration));

        _followed = policy;
        return Renew(policy);
    });

    /// <summary>Says what is wrong with what is written; <see langword="null"/> when nothing is.</summary>
    public void Report(string? error) => Locked(() =>
    {
        // The same complaint twice is one event: file watchers report a change more than once.
        if (_status.Error != error)
        {
            _status = _status with { Error = error };
            if (error is null)
            {
                _reporter.Recovered(InForce.Revision);
            }
            else
            {
                _reporter.Rejected(error, InForce.Revision);
            }
        }

        return true;
    });

    /// <summary>Says what needs care beside the policy; <see langword="null"/> when nothing does.</summary>
    public void Warn(string? warning)
    {
        lock (_changing)
        {
            if (_status.Warning != warning)
            {
                _status = _status with { Warning = warning };
                UpdateStatus();
                if (warning is not null)
                {
                    _reporter.Warned(warning);
                }
            }
        }
    }

    /// <summary>What a restart must know; nothing while a policy of the host's own making is in force.</summary>
    public RememberedPolicy? Snapshot()
    {
        lock (_changing)
        {
            return InForce.Policy is RulePolicy policy ? new RememberedPolicy(
                policy,
                _isWithdrawn ? _followed?.Fingerprint : null,
                _held.Find(ChangeOrigin.Configuration)?.Hold,
                _held.Find(ChangeOrigin.Moment)?.Hold,
                policy.Waiting) : null;
        }
    }

    public void Dispose() => _clock.Dispose();

    private T Locked<T>(Func<T> change)
    {
        T result;
        lock (_changing)
        {
            result = change();
            UpdateStatus();
        }

        StateChanged?.Invoke();
        return result;
    }

    private bool IsNewlyConfirmed(RulePolicy policy) =>
        policy.Written.Limits.ConfirmedFingerprint == policy.Fingerprint
        && _followed?.Written.Limits.ConfirmedFingerprint != policy.Fingerprint
        && !policy.SaysTheSameAs(InForce.Policy as RulePolicy);

    private PolicyReceipt Try(IConnectionPolicy policy, PolicyChangeMode mode, ChangeOrigin origin)
    {
        var start = _timeProvider.GetTimestamp();
        var now = _timeProvider.GetUtcNow();
        return policy is RulePolicy rules && mode == PolicyChangeMode.Guarded && PolicyFuse.FindHold(rules.Written, rules.Anticipate(now), _sessions, now) is { } hold
            ? Hold(hold, rules, origin, start)
            : Change(policy, origin, start);
    }

    private PolicyReceipt Hold(PolicyHold hold, RulePolicy policy, ChangeOrigin origin, long start)
    {
        Withdraw(_held.Add(new HeldChange(hold, policy, origin)));
        _reporter.Held(hold, InForce.Revision);
        return new PolicyReceipt
        {
            Revision = InForce.Revision,
            Held = hold,
            Examined = hold.Sessions,
            Elapsed = _timeProvider.GetElapsedTime(start),
        };
    }

    private void Withdraw(HeldChange? held)
    {
        if (held is not null)
        {
            _held.Remove(held);
            _reporter.Withdrawn(held.Hold, InForce.Revision);
        }
    }

    private PolicyReceipt Change(IConnectionPolicy policy, ChangeOrigin origin, long start)
    {
        var previous = InForce;
        var now = _timeProvider.GetUtcNow();
        var next = new PolicyInForce(AsOf(policy, now), previous.Revision + 1, now);
        return Change(previous, next, origin, start);
    }

    private PolicyReceipt Change(PolicyInForce previous, PolicyInForce next, ChangeOrigin origin, long start)
    {
        // Publish first, then sweep: a logon that the sweep is too early to find sees the new policy before it gets in.
        _sessions.Publish(next);
        var judge = new SessionJudge(next.Policy);
        var sweep = judge.Sweep(_sessions);
        var receipt = Receipt(sweep, judge.Examined, start);
        if (next.Policy is RulePolicy rules)
        {
            // Whoever asked for it: it is what configuration says.
            if (_held.Find(ChangeOrigin.Configuration) is { } asked && rules.SaysTheSameAs(asked.Policy))
            {
                (_followed, _isWithdrawn) = (asked.Policy, false);
            }

            _held.RemoveChangesTo(rules);
        }

        if (origin == ChangeOrigin.Configuration)
        {
            // What was asked for before is not written any more.
            Withdraw(_held.Find(ChangeOrigin.Configuration));
        }

        SetClock();
        _reporter.Changed(previous, next, receipt, sweep, judge.Failures);
        return receipt;
    }

    private PolicyReceipt Receipt(SessionSweep sweep, long examined, long start) => new()
    {
        Revision = InForce.Revision,
        Examined = examined,
        Disconnected = sweep.Count,
        Elapsed = _timeProvider.GetElapsedTime(start),
        Completion = sweep.Completion,
    };

    /// <summary>Puts the same rules in force as they were read anew: with other limits, findings or sources.</summary>
    private PolicyReceipt? Renew(RulePolicy policy)
    {
        if (InForce.Policy is not RulePolicy current || !policy.SaysTheSameAs(current))
        {
            return null;
        }

        // A rule that is held at its beginning is asked about again when it is confirmed or its limits are written anew.
        var limits = policy.Written.Limits;
        var isAskedAgain = limits.ConfirmedFingerprint == policy.Fingerprint || (_held.Find(ChangeOrigin.Moment) is not null && limits != current.Written.Limits);
        return Advance(current, policy, isAskedAgain ? None : current.Waiting);
    }

    /// <summary>Does what the clock asks for: rules and exemptions begin and end.</summary>
    private void ObserveMoment() => Locked(() =>
    {
        if (InForce.Policy is RulePolicy current)
        {
            Advance(current, current, current.Waiting);
        }

        return true;
    });

    /// <summary>Puts in force what of the same rules, as they are written now, is in force by now.</summary>
    /// <returns>What became of it; <see langword="null"/> when nothing of it changed who is denied.</returns>
    private PolicyReceipt? Advance(RulePolicy current, RulePolicy written, IReadOnlySet<string> waiting)
    {
        // Whoever wrote when an exemption ends has agreed to what happens then: no limit holds that back. A rule that
        // begins is asked about again, and by itself, since nobody could count its sessions when it was written.
        var now = _timeProvider.GetUtcNow();
        var next = written.AsOf(now, waiting);
        var begun = next.BegunSince(current).ToList();
        if (begun.Count == 0)
        {
            return PutInForce(next);
        }

        var withoutBegun = written.AsOf(now, waiting.Concat(begun).ToHashSet(StringComparer.OrdinalIgnoreCase));
        var ended = PutInForce(withoutBegun);
        if (PolicyFuse.FindHold(written.Written, next, _sessions, now) is { } hold)
        {
            // To confirm it is to let all of them begin, and those that were held before.
            hold = PolicyFuse.FindHold(written.Written, written.AsOf(now, None), _sessions, now) ?? hold;
            return Hold(hold, withoutBegun, ChangeOrigin.Moment, _timeProvider.GetTimestamp());
        }

        return PutInForce(next) ?? ended;
    }

    /// <summary>Puts the same rules in force as of another moment, or as they were read anew.</summary>
    private PolicyReceipt? PutInForce(RulePolicy next)
    {
        var previous = InForce;
        var current = (RulePolicy)previous.Policy;
        if (next.EffectiveFingerprint != current.EffectiveFingerprint)
        {
            return Change(previous, new PolicyInForce(next, previous.Revision + 1, _timeProvider.GetUtcNow()), ChangeOrigin.Moment, _timeProvider.GetTimestamp());
        }

        if (!ReferenceEquals(next.Written, current.Written) || !next.Waiting.SetEquals(current.Waiting))
        {
            _sessions.Publish(new PolicyInForce(next, previous.Revision, previous.Since));
            _reporter.Renewed(current, next);
        }

        SetClock();
        return null;
    }

    // What has ended is looked at again, too: a clock may have been wrong, and be set back.
    private void SetClock() => _clock.Set(InForce.Policy is RulePolicy { Written.IsTimeless: false } rules
        ? rules.NextMoment(_timeProvider.GetUtcNow()) ?? DateTimeOffset.MaxValue
        : null);

    private void UpdateStatus()
    {
        // Nothing waits at its beginning any more when another policy is in force, or the rule itself has ended.
        var waiting = InForce.Policy as RulePolicy is { Waiting.Count: > 0 } rules ? rules : null;
        if (waiting is null || !waiting.SaysTheSameAs(_held.Find(ChangeOrigin.Moment)?.Policy))
        {
            _held.Remove(_held.Find(ChangeOrigin.Moment));
        }

        var isKeptWaiting = waiting is not null && _held.Find(ChangeOrigin.Moment) is null;
        var status = _status with
        {
            Holds = _held.Holds,
            IsByHand = _followed is not null && (isKeptWaiting || !_followed.SaysTheSameAs(InForce.Policy as RulePolicy)),
        };
        _status = status.IsCurrent ? new PolicyStatus() : status with { Since = status.Since ?? _timeProvider.GetUtcNow() };
    }
}
