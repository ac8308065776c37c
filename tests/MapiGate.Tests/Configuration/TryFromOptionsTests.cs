using Microsoft.Extensions.Options;

namespace MapiGate.Tests.Configuration;

/// <summary>Options that are not valid are told about in full, and nobody has to catch anything.</summary>
public class TryFromOptionsTests
{
    [Fact]
    public void ValidOptions_AreAPolicy_AndNoErrors()
    {
        ConnectionPolicy.TryFromOptions(new() { DisableMapiClientProcesses = "a.exe" }, out var policy, out var errors).Should().BeTrue();

        policy!.Evaluate(Gate.Client("a.exe")).IsAllowed.Should().BeFalse();
        errors.Should().BeEmpty();
    }

    [Fact]
    public void OptionsThatAreNotValid_AreNoPolicy_AndEveryError_ByKeyValueAndFix()
    {
        var options = new MapiGateOptions
        {
            DisableMapiClients = "eleven",
            ClientsWithoutVersion = (ClientAdmission)2,
            Mode = (PolicyMode)3,
            MaxDisconnects = -1,
            MaxDisconnectPercent = double.NaN,
            ReportOnly = { DisableMapiClients = "twelve" },
            Rules = { ["r"] = new() { Process = ";", Version = "thirteen", Address = "10" }, ["u"] = null! },
            Exemptions = { ["e"] = new() { Version = ",", Process = "\"\"" }, ["f"] = null! },
        };

        ConnectionPolicy.TryFromOptions(options, out var policy, out var errors).Should().BeFalse();

        policy.Should().BeNull();
        errors.Should().BeEquivalentTo(
            "ClientsWithoutVersion is 2; write Allow or Deny.",
            "Mode is 3; write Enforce or ReportOnly.",
            "MaxDisconnects is -1; write 0 or more.",
            "MaxDisconnectPercent is NaN; write a number from 0 to 100.",
            "DisableMapiClients: \"eleven\" is not a version or a range of versions; write 11.0.5608.5606, 8-9, -7 or 15.0.4569.1503-, each part from 0 to 65535.",
            "ReportOnly:DisableMapiClients: \"twelve\" is not a version or a range of versions; write 11.0.5608.5606, 8-9, -7 or 15.0.4569.1503-, each part from 0 to 65535.",
            "Rules:r:Process is \";\", which names no program; write an executable's name, as in OUTLOOK.EXE.",
            "Rules:r:Version: \"thirteen\" is not a version or a range of versions; write 11.0.5608.5606, 8-9, -7 or 15.0.4569.1503-, each part from 0 to 65535.",
            "Rules:r:Address is \"10\"; write an IP address, or a network whose bits after the prefix are 0, as in 10.1.0.0/16.",
            "Rules:u is null; remove it, or state what it is about.",
            "Exemptions:e:Version is \",\", which names no version; write one, as in -16.0.15927.65535.",
            "Exemptions:e:Process is \"\"\"\", which names no program; write an executable's name, as in OUTLOOK.EXE.",
            "Exemptions:f is null; remove it, or state what it is about.");
    }

    [Fact]
    public void TheSameErrors_AreThrownByFromOptions()
    {
        var options = new MapiGateOptions { MaxDisconnects = -1, DisableMapiClients = "eleven" };
        ConnectionPolicy.TryFromOptions(options, out _, out var errors);

        FluentActions.Invoking(() => ConnectionPolicy.FromOptions(options)).Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal(errors);
    }

    [Fact]
    public void NoOptions_AreAMistakeOfTheCallers() =>
        FluentActions.Invoking(() => ConnectionPolicy.TryFromOptions(null!, out _, out _)).Should().Throw<ArgumentNullException>();

    [Fact]
    public void TwoNamesThatAreOne_AreAnError()
    {
        // A verdict, a log and an order name a rule: one that two bear says nothing.
        var options = new MapiGateOptions { Rules = { ["old"] = new() { Process = "a.exe" }, [" OLD "] = new() { Process = "b.exe" } } };

        ConnectionPolicy.TryFromOptions(options, out _, out var errors).Should().BeFalse();

        errors.Should().ContainSingle();
    }
}
