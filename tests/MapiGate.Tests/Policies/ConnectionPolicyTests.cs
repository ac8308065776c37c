using Microsoft.Extensions.Options;

namespace MapiGate.Tests.Policies;

public class ConnectionPolicyTests
{
    [Fact]
    public void AllowAll_AllowsEverybody() =>
        ConnectionPolicy.AllowAll.Evaluate(Client("program1.exe")).Should().Be(ConnectionVerdict.Allowed);

    [Fact]
    public void FromOptions_AListedProgram_IsDeniedByTheRuleAsWritten()
    {
        var verdict = Policy("Program1.exe; program2.exe").Evaluate(Client(@"C:\x\PROGRAM1.EXE"));

        verdict.IsAllowed.Should().BeFalse();
        verdict.Rule.Should().Be("Program1.exe");
        verdict.Message.Should().Be("The program PROGRAM1.EXE is blocked on this server by its administrator.");
    }

    [Fact]
    public void FromOptions_AnotherProgram_IsAllowed() =>
        Policy("program1.exe").Evaluate(Client("OUTLOOK.EXE")).IsAllowed.Should().BeTrue();

    [Fact]
    public void FromOptions_SeveralNames_AreDeniedIfAnyIsListed() =>
        Policy("program2.exe").Evaluate(Client("OUTLOOK.EXE", "", "program2.exe")).Rule.Should().Be("program2.exe");

    [Fact]
    public void FromOptions_NoProcessName_IsAllowedByDefault() =>
        Policy("program1.exe").Evaluate(Client()).IsAllowed.Should().BeTrue();

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData(" ", @"C:\Temp\")]
    public void FromOptions_NoProcessNameWhereDenied_IsDenied(params string[] names)
    {
        var policy = ConnectionPolicy.FromOptions(new MapiGateOptions { ClientsWithoutProcessName = ClientAdmission.Deny });

        policy.Evaluate(Client(names)).Rule.Should().Be("ClientsWithoutProcessName = Deny");
        policy.Evaluate(Client("OUTLOOK.EXE")).IsAllowed.Should().BeTrue();
    }

    [Fact]
    public void FromOptions_TheOptionsAreChangedLater_ThePolicyIsNot()
    {
        var options = new MapiGateOptions { DisableMapiClientProcesses = "program1.exe" };
        var policy = ConnectionPolicy.FromOptions(options);

        options.DisableMapiClientProcesses = "";

        policy.Evaluate(Client("program1.exe")).IsAllowed.Should().BeFalse();
    }

    [Fact]
    public void FromOptions_AnUndefinedChoice_NamesKeyValueAndFix() =>
        FluentActions.Invoking(() => ConnectionPolicy.FromOptions(new MapiGateOptions { ClientsWithoutProcessName = (ClientAdmission)7 }))
            .Should().Throw<OptionsValidationException>().WithMessage("*ClientsWithoutProcessName is 7*Allow or Deny*");

    [Fact]
    public void AVerdict_InWords()
    {
        ConnectionVerdict.Allowed.ToString().Should().Be("allowed");
        ConnectionVerdict.Denied("a.exe").ToString().Should().Be("denied by \"a.exe\"");
        ConnectionVerdict.Exempted("a.exe", "User svc").ToString().Should().Be("exempt from \"a.exe\" by \"User svc\"");
        ConnectionVerdict.Allowed.WithReportedRule("a.exe").ToString().Should().Be("allowed; \"a.exe\" would deny it if it were enforced");
    }

    [Fact]
    public void Denied_WithoutAMessage_NamesTheRule() =>
        ConnectionVerdict.Denied("x*.exe").Message.Should().Contain("x*.exe");

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Denied_WithoutARule_Throws(string? rule) =>
        FluentActions.Invoking(() => ConnectionVerdict.Denied(rule!)).Should().Throw<ArgumentException>();

    private static IConnectionPolicy Policy(string processes) =>
        ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = processes });

    private static MapiClient Client(params string[] names) => new() { ProcessNames = names };
}
