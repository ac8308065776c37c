namespace MapiGate.Tests.Rules;

/// <summary>A mailbox is known by the common name at the end of the distinguished name that the client asks for.</summary>
public class MailboxConditionTests
{
    [Theory]
    [InlineData("jane", "/o=Corp/ou=First Administrative Group/cn=Recipients/cn=jane", true)]
    [InlineData("JANE", "/O=CORP/OU=X/CN=RECIPIENTS/CN=Jane", true)]
    [InlineData("jane", "  /o=Corp/cn=Recipients/cn=jane ", true)]
    [InlineData(" jane ", "/o=Corp/cn=Recipients/cn=jane", true)]
    [InlineData("jane", "jane", true)]
    [InlineData("audit-*", "/o=Corp/cn=Recipients/cn=audit-2026", true)]
    [InlineData("*-audit", "/o=Corp/cn=Recipients/cn=b8f2-audit", true)]
    [InlineData("j?ne", "/o=Corp/cn=Recipients/cn=june", true)]
    [InlineData("Jürgen", "/o=Corp/cn=Recipients/cn=JÜRGEN", true)]
    [InlineData("jane", "/o=Corp/cn=Recipients/cn=janedow", false)]
    [InlineData("jane", "/o=Corp/cn=jane/cn=john", false)]
    [InlineData("Recipients", "/o=Corp/cn=Recipients/cn=jane", false)]
    [InlineData("*Corp*", "/o=Corp/cn=Recipients/cn=jane", false)]
    [InlineData("jane", "/o=Corp/cn=Recipients/cn=", false)]
    [InlineData("jane", "", false)]
    [InlineData("jane", null, false)]
    public void Mailbox_IsTheCommonNameAtTheEnd(string mailbox, string? userDn, bool denied) =>
        Gate.Denying(new() { Mailbox = mailbox }).Evaluate(new MapiClient { ProcessNames = ["a.exe"], UserDn = userDn }).IsAllowed.Should().Be(!denied);

    [Fact]
    public void Mailbox_IsNotTheAccount() =>
        Gate.Denying(new() { Mailbox = "jane" }).Evaluate(Gate.Client("a.exe", "jane")).IsAllowed.Should().BeTrue();
}
