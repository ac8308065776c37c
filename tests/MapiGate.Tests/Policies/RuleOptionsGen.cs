using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace MapiGate.Tests.Policies;

/// <summary>Policies of named rules and exemptions with every condition there is, and clients that often meet them.</summary>
internal static class RuleOptionsGen
{
    public static readonly DateTimeOffset Now = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Gen<MapiClient> Clients =>
        from names in Property.Several(Gen.Elements("a.exe", "B.exe", "c", "", @"C:\y\b.exe", "store.exe"), 3)
        from version in Gen.Elements<Version?>(new(11, 0, 0, 0), new(12, 0, 1, 1), new(16, 0, 15928, 20006), null)
        from user in Gen.Elements<string?>("jane", @"CORP\jane", "svc@corp.example", @"A\B\svc@x@y", null)
        from dn in Gen.Elements<string?>("/o=Org/ou=Site/cn=Recipients/cn=jane", "/O=ORG/CN=SVC", "jane", "/cn=", "", null)
        from address in Gen.Elements<string?>("10.1.2.3", "::ffff:10.1.2.3", "2001:db8::1", "fe80::1%2", null)
        select new MapiClient { ProcessNames = names, Version = version, UserName = user, UserDn = dn, RemoteAddress = address is null ? null : IPAddress.Parse(address) };

    /// <summary>Policies; the moments are long ago, or a day or more away.</summary>
    public static Gen<MapiGateOptions> Policies =>
        from rules in Property.Several(Rules, 4)
        from exemptions in Property.Several(Exemptions, 2)
        from processes in Gen.Elements("", "b.exe", "*.exe", "rule-0")
        from versions in Gen.Elements("", "-11", "12-")
        from reported in Gen.Elements("", "c", "a*")
        from nameless in Gen.Elements(ClientAdmission.Allow, ClientAdmission.Allow, ClientAdmission.Deny)
        from mode in Gen.Elements(PolicyMode.Enforce, PolicyMode.Enforce, PolicyMode.Enforce, PolicyMode.ReportOnly)
        from own in Property.Several(Gen.Elements("store.exe", "other.exe"), 2)
        select Options(rules, exemptions, processes, versions, reported, nameless, mode, own);

    private static Gen<string?> Processes => Gen.Elements<string?>(null, null, "a.exe", "B.EXE; c", "*", "?.exe");

    private static Gen<string?> Versions => Gen.Elements<string?>(null, null, "-11", "12.0.1.1, 16-", "9-8");

    private static Gen<string?> Mailboxes => Gen.Elements<string?>(null, null, "jane", "s*", "?*");

    private static Gen<string?> Users => Gen.Elements<string?>(null, null, "jane", @"corp\*", "svc", "*@corp.example");

    private static Gen<string?> Addresses => Gen.Elements<string?>(null, null, "10.1.0.0/16", "10.1.2.3", "2001:db8::/32", "::ffff:10.1.0.0/112", "fe80::1");

    private static Gen<DateTimeOffset?> Moments => Gen.Elements<DateTimeOffset?>(null, null, null, Now.AddDays(-2), Now.AddDays(-1), Now.AddDays(1), Now.AddDays(2));

    private static Gen<RuleOptions> Rules =>
        from process in Processes
        from version in Versions
        from mailbox in Mailboxes
        from user in Users
        from address in Addresses
        from begins in Moments
        from ends in Moments
        from message in Gen.Elements<string?>(null, "Call \"4711\".\r\n")
        from mode in Gen.Elements(RuleMode.Enforce, RuleMode.Enforce, RuleMode.ReportOnly, RuleMode.Off)
        select new RuleOptions { Process = process, Version = version, Mailbox = mailbox, User = user, Address = address, From = begins, Until = ends, Message = message, Mode = mode };

    private static Gen<ExemptionOptions> Exemptions =>
        from process in Processes
        from version in Versions
        from mailbox in Mailboxes
        from user in Users
        from address in Addresses
        from begins in Moments
        from ends in Moments
        select new ExemptionOptions { Process = process, Version = version, Mailbox = mailbox, User = user, Address = address, From = begins, Until = ends };

    private static MapiGateOptions Options(
        RuleOptions[] rules, ExemptionOptions[] exemptions, string processes, string versions, string reported, ClientAdmission nameless, PolicyMode mode, string[] own)
    {
        var options = new MapiGateOptions
        {
            DisableMapiClientProcesses = processes,
            DisableMapiClients = versions,
            ReportOnly = { DisableMapiClientProcesses = reported },
            ClientsWithoutProcessName = nameless,
            Mode = mode,
        };
        foreach (var (index, rule) in rules.Index())
        {
            options.Rules.Add($"rule-{index}", rule);
        }

        foreach (var (index, exemption) in exemptions.Index())
        {
            options.Exemptions.Add($"exemption-{index}", exemption);
        }

        own.ToList().ForEach(options.OwnProcesses.Add);
        return options;
    }
}
