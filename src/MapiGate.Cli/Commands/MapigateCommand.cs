using System.CommandLine;

namespace MapiGate.Cli;

/// <summary>The command line: every verb and what it asks of the server.</summary>
internal sealed class MapigateCommand
{
    private const string Description =
        """
        Manages a MapiGate: shows who is connected with what, previews, blocks, explains and kicks.

        Examples:
          mapigate status
          mapigate block OUTLOOK.EXE --version -16.0.15927.65535 --for 2h --reason INC-4711 --what-if
          mapigate kick --user CORP\jane --reason "asked to"
          mapigate sessions --program "mfcmapi*" -o json
          mapigate apply policy.json --reason INC-4711 --wait 60

        Exit codes: 0 done; 1 the server refused; 2 not reachable; 3 the token is wrong or may not do that; 4 the change is held;
        5 nothing was changed, since it was not confirmed; 6 it was done, but not every gate is known to have done it; 64 the command line
        makes no sense.
        """;

    private readonly SharedOptions _options = new();

    public RootCommand Create()
    {
        var verbs = new VerbRunner(_options);
        var (lists, sessions, policies, rules) = (new ListVerbs(verbs), new SessionVerbs(_options, verbs), new PolicyVerbs(_options, verbs), new RuleVerbs(_options, verbs));
        var root = new RootCommand(Description) { _options.Url, _options.Token, _options.TokenFile, _options.Output };
        foreach (var option in root.Options.OfType<VersionOption>().ToList())
        {
            // --version is a client's version here.
            root.Options.Remove(option);
        }

        root.Subcommands.Add(lists.Status());
        root.Subcommands.Add(lists.Programs());
        root.Subcommands.Add(lists.Refused());
        root.Subcommands.Add(lists.Findings());
        root.Subcommands.Add(lists.Gates());
        root.Subcommands.Add(sessions.Sessions());
        root.Subcommands.Add(lists.Watch());
        root.Subcommands.Add(Token());
        root.Subcommands.Add(policies.Policy());
        root.Subcommands.Add(policies.OfFile("preview", "Shows what a document would do.", isPreview: true));
        root.Subcommands.Add(policies.OfFile("apply", "Writes a document.", isPreview: false));
        root.Subcommands.Add(rules.Block());
        root.Subcommands.Add(rules.Unblock());
        root.Subcommands.Add(sessions.Kick());
        root.Subcommands.Add(rules.Explain());
        root.Subcommands.Add(policies.Held("confirm", "Lets a held change through."));
        root.Subcommands.Add(policies.Held("withdraw", "Gives a held change up."));
        return root;
    }

    private Command Token()
    {
        var command = new Command("token", "Shows the token in the server's file of tokens.");
        command.SetAction(parsed => VerbRunner.Guarded(parsed, () =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(TokenSource.FromFile(parsed.GetValue(_options.TokenFile)).Token);
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }
}
