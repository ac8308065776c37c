namespace MapiGate.Tests.Rules;

/// <summary>An account with its domain, in either spelling, or without one, in whatever domain it is.</summary>
public class UserConditionTests
{
    [Theory]
    [InlineData("jane", @"CORP\jane", true)]
    [InlineData("jane", @"OTHER\JANE", true)]
    [InlineData("jane", "jane@corp.example", true)]
    [InlineData("jane", @"CORP\jane@corp.example", true)]
    [InlineData("jane", "jane", true)]
    [InlineData("jane", @"CORP\janedow", false)]
    [InlineData("jane", @"JANE\john", false)]
    [InlineData("jane", "john@jane", false)]
    [InlineData("svc-*", @"CORP\svc-backup", true)]
    [InlineData("svc-*", @"svc-domain\jane", false)]
    [InlineData(@"CORP\jane", @"corp\JANE", true)]
    [InlineData(@"CORP\jane", @"OTHER\jane", false)]
    [InlineData(@"CORP\jane", "jane", false)]
    [InlineData(@"CORP\jane", "jane@corp.example", false)]
    [InlineData(@"CORP\*", @"CORP\anybody", true)]
    [InlineData(@"CORP\*", @"XCORP\anybody", false)]
    [InlineData(@"*\jane", @"OTHER\jane", true)]
    [InlineData("jane@corp.example", "JANE@CORP.EXAMPLE", true)]
    [InlineData("jane@corp.example", "jane@other.example", false)]
    [InlineData("*@corp.example", "anybody@corp.example", true)]
    [InlineData("*@corp.example", "anybody@corp.example.org", false)]
    [InlineData("jane", "", false)]
    [InlineData("jane", null, false)]
    [InlineData("*", null, false)]
    public void User_WithADomainIsThatOne_AndWithoutAny(string user, string? account, bool denied) =>
        Gate.Denying(new() { User = user }).Evaluate(Gate.Client("a.exe", account)).IsAllowed.Should().Be(!denied);

    [Fact]
    public void User_IsNeverTheClientsOwnClaim() =>
        Gate.Denying(new() { User = "jane" }).Evaluate(new MapiClient { ProcessNames = ["a.exe"], UserDn = "/o=x/cn=jane", MachineName = "jane" }).IsAllowed.Should().BeTrue();
}
