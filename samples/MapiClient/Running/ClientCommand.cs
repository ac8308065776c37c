using System.CommandLine;
using System.Globalization;
using MapiClient.Sessions;
using MapiGate.Protocol;

namespace MapiClient.Running;

/// <summary>The command line: what may be asked for, and what is meant when it is not.</summary>
internal sealed class ClientCommand
{
    /// <summary>A day.</summary>
    private const int MaxSeconds = 86_400;

    private const string NoVersion = "none";

    private const string DnPrefix = "/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=";

    private const string Description =
        """
        Logs on to a MAPI/HTTP server as any program, opens a mailbox and stays until it is cut, stopped or done.

        Examples:
          MapiClient --process OUTLOOK.EXE
          MapiClient --process "C:\Tools\Program1.EXE" --client-version 11.0.5608.5606 --machine WS-0417
          MapiClient --process program1.exe --count 500 --duration 60
          MapiClient --no-process --once

        Exit codes: 0 logged on, and off again as asked; 1 refused, or cut and not let in again; 2 not reachable;
        3 unknown user or wrong password; 4 the server answered something else; 64 the command line makes no sense.
        """;

    private readonly Option<string> _url = new("--url")
    {
        Description = "The server; /mapi/emsmdb/ is added when the address has no path.",
        DefaultValueFactory = _ => "http://127.0.0.1:8025",
        HelpName = "address",
    };

    private readonly Option<string[]> _process = new("--process")
    {
        Description = "The program the client says it is, with or without a path. Given more than once, it reports several.",
        DefaultValueFactory = _ => ["OUTLOOK.EXE"],
        Arity = ArgumentArity.OneOrMore,
        HelpName = "name",
    };

    private readonly Option<bool> _noProcess = new("--no-process") { Description = "Do not say which program: what clients older than Outlook 2003 do." };

    private readonly Option<string> _version = new("--client-version")
    {
        Description = "Sent in X-ClientApplication, as a.b.c.d; 'none' sends no such header.",
        DefaultValueFactory = _ => "16.0.15928.20006",
        HelpName = "a.b.c.d",
    };

    private readonly Option<string> _user = new("--user") { Description = "Authenticates as this user.", DefaultValueFactory = _ => "janedow" };

    private readonly Option<string> _password = new("--password") { Description = "The user's password.", DefaultValueFactory = _ => "demo" };

    private readonly Option<string?> _mailbox = new("--mailbox") { Description = "The mailbox's DN; by default the user's own.", HelpName = "dn" };

    private readonly Option<string> _machine = new("--machine")
    {
        Description = "The machine the client says it runs on.",
        DefaultValueFactory = _ => Environment.MachineName,
    };

    private readonly Option<bool> _compress = new("--compress") { Description = "Compress what the client says about itself." };

    private readonly Option<bool> _xor = new("--xor") { Description = "Obfuscate what the client says about itself, as Outlook does." };

    private readonly Option<string> _count = new("--count") { Description = "Hold this many sessions at once.", HelpName = "number", DefaultValueFactory = _ => "1" };

    private readonly Option<string> _reconnect = new("--reconnect")
    {
        Description = "How often a session that was cut tries to log on again before it gives up.",
        DefaultValueFactory = _ => "1",
        HelpName = "times",
    };

    private readonly Option<bool> _once = new("--once") { Description = "Log on, open the mailbox, log off." };

    private readonly Option<string> _duration = new("--duration") { Description = "Log off after this time; stay until stopped if not given.", HelpName = "seconds" };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a line for each event: time, session, event, code, text." };

    /// <summary>The command with its options; <paramref name="run"/> is what it does.</summary>
    public RootCommand Create(Func<ClientOptions, CancellationToken, Task<ExitCode>> run)
    {
        Check(_url, text => ParseUrl(text) is not null, "an http or https address");
        Check(_version, text => text == NoVersion || ParseVersion(text) is not null, $"a.b.c.d with numbers from 0 to 65535, or '{NoVersion}'");
        Check(_count, text => ParseCount(text) > 0, "a number, 1 or more");
        Check(_reconnect, text => ParseCount(text) >= 0, "a number, 0 or more");
        Check(_duration, text => ParseSeconds(text) is > 0 and <= MaxSeconds, $"seconds, more than 0 and at most {MaxSeconds}");
        var command = new RootCommand(Description)
        {
            _url, _process, _noProcess, _version, _user, _password, _mailbox, _machine, _compress, _xor, _count, _reconnect, _once, _duration, _json,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var options = ToOptions(result);
            try
            {
                // Tried out here, so that names too long for the wire are the caller's mistake and not a crash.
                options.Identity.ToAuxiliaryBuffer();
            }
            catch (ArgumentException tooLong)
            {
                await result.InvocationConfiguration.Error.WriteLineAsync($"--process, --machine: {tooLong.Message}");
                return (int)ExitCode.Usage;
            }

            return (int)await run(options, cancellationToken);
        });
        return command;
    }

    private ClientOptions ToOptions(ParseResult result)
    {
        var user = result.GetValue(_user)!;
        var url = ParseUrl(result.GetValue(_url))!;
        return new ClientOptions
        {
            Url = url.AbsolutePath == "/" ? new Uri(url, "/mapi/emsmdb/") : url,
            Identity = new ClientIdentity
            {
                ProcessNames = result.GetValue(_noProcess) ? [] : result.GetValue(_process)!,
                Version = ParseVersion(result.GetValue(_version)),
                MachineName = result.GetValue(_machine),
                UserName = user,
                Password = result.GetValue(_password)!,
                MailboxDn = result.GetValue(_mailbox) ?? DnPrefix + user,
                Packing = ExtendedBufferFlags.Last
                    | (result.GetValue(_compress) ? ExtendedBufferFlags.Compressed : 0)
                    | (result.GetValue(_xor) ? ExtendedBufferFlags.XorMagic : 0),
            },
            Count = ParseCount(result.GetValue(_count)),
            Reconnect = ParseCount(result.GetValue(_reconnect)),
            Once = result.GetValue(_once),
            Duration = ParseSeconds(result.GetValue(_duration)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Json = result.GetValue(_json),
        };
    }

    private static Uri? ParseUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;

    private static Version? ParseVersion(string? text) => ClientVersion.TryParseApplication($"Outlook/{text}", out var version) ? version : null;

    private static int ParseCount(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;

    private static double? ParseSeconds(string? text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    /// <summary>The options are text: the parser's own conversions throw from a validator, and speak of System.Uri.</summary>
    private static void Check(Option<string> option, Func<string?, bool> isValid, string expected) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string>() is { } text && !isValid(text))
        {
            result.AddError($"{option.Name}: '{text}' is not {expected}.");
        }
    });
}
