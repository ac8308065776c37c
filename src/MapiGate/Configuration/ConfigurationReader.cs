using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MapiGate;

/// <summary>
/// Reads the options from a configuration section. Written out rather than bound, so that a value that cannot be read
/// is reported with its key and its fix, together with all others, and so that no reflection is needed.
/// </summary>
internal sealed class ConfigurationReader(IConfiguration section) : IConfigureOptions<MapiGateOptions>
{
    public void Configure(MapiGateOptions options)
    {
        var top = new SectionReader(section, options.ReadErrors);
        top.ReadText(nameof(options.DisableMapiClientProcesses), value => options.DisableMapiClientProcesses = value);
        top.ReadText(nameof(options.DisableMapiClients), value => options.DisableMapiClients = value);
        top.ReadChoice<ClientAdmission>(nameof(options.ClientsWithoutProcessName), value => options.ClientsWithoutProcessName = value);
        top.ReadChoice<ClientAdmission>(nameof(options.ClientsWithoutVersion), value => options.ClientsWithoutVersion = value);
        top.ReadChoice<PolicyMode>(nameof(options.Mode), value => options.Mode = value);
        top.ReadNumber(nameof(options.MaxDisconnects), "a whole number, as in 100", NumberStyles.None, (int value) => options.MaxDisconnects = value);
        top.ReadNumber(nameof(options.MaxDisconnectPercent), "a number from 0 to 100, as in 12.5", NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, (double value) => options.MaxDisconnectPercent = value);
        top.ReadText(nameof(options.ConfirmChange), value => options.ConfirmChange = value.Trim());
        foreach (var (name, reader) in top.ReadNamed(nameof(options.Rules)))
        {
            options.Rules[name] = ReadRule(reader);
        }

        foreach (var (name, reader) in top.ReadNamed(nameof(options.Exemptions)))
        {
            options.Exemptions[name] = ReadExemption(reader);
        }

        var reportOnly = top.ReadSection(nameof(options.ReportOnly), """{ "DisableMapiClientProcesses": "program1.exe" }""");
        reportOnly.ReadText(nameof(options.DisableMapiClientProcesses), value => options.ReportOnly.DisableMapiClientProcesses = value);
        reportOnly.ReadText(nameof(options.DisableMapiClients), value => options.ReportOnly.DisableMapiClients = value);
        options.UnknownKeys.AddRange([.. top.FindUnknownKeys(), .. reportOnly.FindUnknownKeys()]);

        RuleOptions ReadRule(SectionReader reader)
        {
            var rule = new RuleOptions();
            reader.ReadText(nameof(rule.Process), value => rule.Process = value);
            reader.ReadText(nameof(rule.Version), value => rule.Version = value);
            reader.ReadText(nameof(rule.Mailbox), value => rule.Mailbox = value);
            reader.ReadText(nameof(rule.User), value => rule.User = value);
            reader.ReadText(nameof(rule.Address), value => rule.Address = value);
            reader.ReadMoment(nameof(rule.From), value => rule.From = value);
            reader.ReadMoment(nameof(rule.Until), value => rule.Until = value);
            reader.ReadText(nameof(rule.Message), value => rule.Message = value);
            reader.ReadText(nameof(rule.Reason), value => rule.Reason = value);
            reader.ReadChoice<RuleMode>(nameof(rule.Mode), value => rule.Mode = value);
            options.UnknownKeys.AddRange(reader.FindUnknownKeys());
            return rule;
        }

        ExemptionOptions ReadExemption(SectionReader reader)
        {
            var exemption = new ExemptionOptions();
            reader.ReadText(nameof(exemption.Process), value => exemption.Process = value);
            reader.ReadText(nameof(exemption.Version), value => exemption.Version = value);
            reader.ReadText(nameof(exemption.Mailbox), value => exemption.Mailbox = value);
            reader.ReadText(nameof(exemption.User), value => exemption.User = value);
            reader.ReadText(nameof(exemption.Address), value => exemption.Address = value);
            reader.ReadMoment(nameof(exemption.From), value => exemption.From = value);
            reader.ReadMoment(nameof(exemption.Until), value => exemption.Until = value);
            reader.ReadText(nameof(exemption.Reason), value => exemption.Reason = value);
            options.UnknownKeys.AddRange(reader.FindUnknownKeys());
            return exemption;
        }
    }
}
