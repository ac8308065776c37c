using System.Globalization;
using MapiClient.Reporting;
using MapiClient.Sessions;

namespace MapiClient.Running;

/// <summary>The life of one session: log on, open the mailbox, wait to be told of news or to be cut, log off.</summary>
/// <param name="index">Which of the client's sessions, from 1.</param>
/// <param name="session">The session, not logged on yet.</param>
/// <param name="options">What the command line asked for.</param>
/// <param name="ramp">How many may log on or off at the same time.</param>
/// <param name="report">Is told what happens.</param>
/// <param name="time">The clock.</param>
internal sealed class SessionRun(
    int index, MapiHttpSession session, ClientOptions options, SemaphoreSlim ramp, IClientReport report, TimeProvider time)
{
    /// <summary>A client that was refused and tries again at once would only be refused again.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>A logoff is good manners, not worth hanging for.</summary>
    private static readonly TimeSpan LogoffPatience = TimeSpan.FromSeconds(10);

    /// <summary>What to exit with after an orderly end.</summary>
    private ExitCode _orderly;

    public async Task<ExitCode> RunAsync(CancellationToken stop)
    {
        var triesLeft = 0;
        var shortLives = 0;
        while (true)
        {
            var logon = await InTurnAsync(session.ConnectAsync, stop);
            if (stop.IsCancellationRequested)
            {
                await LogOffAsync();
                return _orderly;
            }

            if (!logon.IsSuccess)
            {
                TellRefusal(logon);
                if (triesLeft-- <= 0)
                {
                    return ToExitCode(logon.Kind);
                }

                await PauseAsync(stop);
                continue;
            }

            var since = time.GetTimestamp();
            var end = await StayAsync(stop);
            if (end.IsSuccess)
            {
                await LogOffAsync();
                return _orderly;
            }

            if (end.Kind is not (AnswerKind.Cut or AnswerKind.Unreachable) || options.Reconnect == 0)
            {
                return ToExitCode(end.Kind);
            }

            // Let in and thrown out in turn: once may happen, again would be a race that nobody wins.
            shortLives = time.GetElapsedTime(since) < RetryDelay ? shortLives + 1 : 0;
            if (shortLives > 1)
            {
                await PauseAsync(stop);
            }

            triesLeft = options.Reconnect - 1;
        }
    }

    private async Task PauseAsync(CancellationToken stop) =>
        await Task.Delay(RetryDelay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Stays logged on for as long as it may.</summary>
    /// <returns>Success when it is time to log off; otherwise what ended the session.</returns>
    private async Task<MapiAnswer> StayAsync(CancellationToken stop)
    {
        var since = time.GetTimestamp();
        Tell(ClientEventKind.Connected, null, $"connected: session {index} of {session.DisplayName}");
        var answer = await InTurnAsync(session.OpenMailboxAsync, stop);
        if (answer.IsSuccess)
        {
            Tell(ClientEventKind.MailboxOpen, null, "mailbox open");
        }
        else if (answer.Kind is AnswerKind.Refused or AnswerKind.Failed)
        {
            // The session lives, though there is little to do with it: not every server has mailboxes.
            Tell(ClientEventKind.MailboxRefused, answer.Code, $"mailbox not open: {answer}");
            _orderly = ExitCode.Failed;
            answer = MapiAnswer.Success;
        }

        while (answer.IsSuccess && !options.Once && !stop.IsCancellationRequested)
        {
            answer = await session.WaitAsync(stop);
        }

        if (stop.IsCancellationRequested)
        {
            return MapiAnswer.Success;
        }

        if (!answer.IsSuccess)
        {
            var seconds = time.GetElapsedTime(since).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            var next = options.Reconnect > 0 ? "; reconnecting" : "";
            Tell(ClientEventKind.Cut, answer.Code, $"disconnected after {seconds} s: {answer}{next}");
        }

        return answer;
    }

    private async Task LogOffAsync()
    {
        if (!session.IsConnected)
        {
            return;
        }

        using var patience = new CancellationTokenSource(LogoffPatience, time);
        var answer = await InTurnAsync(session.DisconnectAsync, patience.Token);
        Tell(
            answer.IsSuccess ? ClientEventKind.LoggedOff : ClientEventKind.Failed,
            answer.Code, answer.IsSuccess ? "logged off" : $"logoff failed: {answer}");
    }

    private void TellRefusal(MapiAnswer answer)
    {
        var (kind, verb) = answer.Kind switch
        {
            AnswerKind.Refused => (ClientEventKind.Refused, "refused"),
            AnswerKind.Unreachable => (ClientEventKind.Unreachable, "not reachable"),
            _ => (ClientEventKind.Failed, "failed"),
        };
        Tell(kind, answer.Code, $"{verb}: {answer}");
    }

    private void Tell(ClientEventKind kind, string? code, string text) => report.Tell(new ClientEvent(index, kind, code, text));

    /// <summary>Waits for its turn: ten thousand connections opened at the same instant would overrun the server's backlog.</summary>
    private async Task<MapiAnswer> InTurnAsync(Func<CancellationToken, Task<MapiAnswer>> step, CancellationToken cancellationToken)
    {
        try
        {
            await ramp.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return MapiAnswer.Unreachable("stopped");
        }

        try
        {
            return await step(cancellationToken);
        }
        finally
        {
            ramp.Release();
        }
    }

    private static ExitCode ToExitCode(AnswerKind kind) => kind switch
    {
        AnswerKind.Success => ExitCode.Success,
        AnswerKind.Refused or AnswerKind.Cut => ExitCode.Refused,
        AnswerKind.Unreachable => ExitCode.Unreachable,
        AnswerKind.NotAuthenticated => ExitCode.NotAuthenticated,
        _ => ExitCode.Failed,
    };
}
