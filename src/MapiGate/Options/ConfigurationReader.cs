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
        top.ReadNumber(nameof(options.MaxDisconnectPercent), "a number from 0 to 100, as in 12.5", NumberStyles.AllowDecimalPoint, (double value) => options.MaxDisconnectPercent = value);
        top.ReadText(nameof(options.ConfirmChange), value => options.ConfirmChange = value.Trim());
        foreach (var child in top.ReadItems(nameof(options.Exemptions)))
        {
            options.Exemptions.Add(ReadExemption(child));
        }

        var reportOnly = top.ReadSection(nameof(options.ReportOnly));
        reportOnly.ReadText(nameof(options.DisableMapiClientProcesses), value => options.ReportOnly.DisableMapiClientProcesses = value);
        reportOnly.ReadText(nameof(options.DisableMapiClients), value => options.ReportOnly.DisableMapiClients = value);
        top.ReadSection(nameof(options.SourceErrors)).ReadAll((source, error) => options.SourceErrors[source] = error);
        top.ReadSection(nameof(options.SourceNotes)).ReadAll((source, note) => options.SourceNotes[source] = note);
        options.UnknownKeys.AddRange([.. top.FindUnknownKeys(), .. reportOnly.FindUnknownKeys()]);

        ExemptionOptions ReadExemption(SectionReader reader)
        {
            var exemption = new ExemptionOptions();
            reader.ReadText(nameof(exemption.Process), value => exemption.Process = value);
            reader.ReadText(nameof(exemption.User), value => exemption.User = value);
            reader.ReadMoment(nameof(exemption.Until), value => exemption.Until = value);
            reader.ReadText(nameof(exemption.Reason), value => exemption.Reason = value);
            options.UnknownKeys.AddRange(reader.FindUnknownKeys());
            return exemption;
        }
    }
}
