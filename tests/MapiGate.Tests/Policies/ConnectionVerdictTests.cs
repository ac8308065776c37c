namespace MapiGate.Tests.Policies;

public class ConnectionVerdictTests
{
    [Fact]
    public void VerdictsThatSayTheSame_AreEqual()
    {
        ConnectionVerdict.Denied("a.exe", "no").Should().Be(ConnectionVerdict.Denied("a.exe", "no"));
        ConnectionVerdict.Exempted("a.exe", "bob").Should().Be(ConnectionVerdict.Exempted("a.exe", "bob"));
        default(ConnectionVerdict).Should().Be(ConnectionVerdict.Allowed);
    }

    [Fact]
    public void VerdictsThatDifferInAnything_AreNotEqual() =>
        new[]
        {
            ConnectionVerdict.Allowed,
            ConnectionVerdict.Allowed.WithReportedRule("a.exe"),
            ConnectionVerdict.Denied("a.exe", "no"),
            ConnectionVerdict.Denied("b.exe", "no"),
            ConnectionVerdict.Denied("a.exe", "not at all"),
            ConnectionVerdict.Exempted("a.exe", "bob"),
            ConnectionVerdict.Exempted("a.exe", "jane"),
        }.Should().OnlyHaveUniqueItems();

    [Fact]
    public void AReportedRule_LeavesTheRestOfTheVerdictAsItWas()
    {
        var verdict = ConnectionVerdict.Exempted("a.exe", "bob").WithReportedRule("b*.exe");

        verdict.Should().BeEquivalentTo(new { IsAllowed = true, Rule = "a.exe", Exemption = "bob", Message = (string?)null, ReportedRule = "b*.exe" });
        verdict.WithReportedRule(null).Should().Be(ConnectionVerdict.Exempted("a.exe", "bob"));
        ConnectionVerdict.Allowed.WithReportedRule("b*.exe").WithReportedRule(null).Should().Be(ConnectionVerdict.Allowed);
    }
}
