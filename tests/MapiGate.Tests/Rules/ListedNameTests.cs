namespace MapiGate.Tests.Rules;

/// <summary>A listed name is refused in whatever script it is written, and however long it is.</summary>
public class ListedNameTests
{
    /// <summary>What is listed, and what a client calls itself.</summary>
    public static TheoryData<string, string> Names => new()
    {
        { "Über-Mailer.exe", "Über-Mailer.exe" },
        { "Über-Mailer.exe", "ÜBER-MAILER.EXE" },
        { "Über-Mailer.exe", "über-mailer.exe " },
        { "Почта-client.exe", "Почта-client.exe" },
        { "Почта-client.exe", @"C:\Программы\ПОЧТА-CLIENT.EXE" },
        { "почта.exe", "ПОЧТА.EXE" },
        { "日本語メール.exe", "日本語メール.exe" },
        { "日本語mailer64.exe", "/opt/日本語MAILER64.EXE" },
        { "Ελληνικά-mail.exe", "ΕΛΛΗΝΙΚΆ-MAIL.EXE" },
        { "محمد-mailer.exe", "محمد-mailer.exe" },
        { "e\u0301mailer-x64.exe", "E\u0301MAILER-X64.EXE" },
        { "📧-mailer64.exe", "📧-MAILER64.EXE" },
        { "𐐨deseret-mail.exe", "𐐀DESERET-MAIL.EXE" },
        { "Mailer-Ü.exe", "mailer-ü.exe\t" },
        { "İstanbul-mail.exe", "İSTANBUL-MAIL.EXE" },
        { "ısparta-mailer.exe", "ısparta-MAILER.exe" },
        { new string('Ж', 300) + "-client.exe", new string('ж', 300) + "-CLIENT.EXE" },
        { new string('a', 5000) + "é" + new string('b', 5000) + ".exe", new string('A', 5000) + "É" + new string('B', 5000) + ".EXE" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void TryLogon_ListedNameBeyondAscii_IsRefused(string listed, string sent) =>
        new Gatekeeper(Gate.Blocking(listed)).TryLogon(Gate.Client(sent), out _, out _).Should().BeFalse();

    [Theory]
    [MemberData(nameof(Names))]
    public void TryLogon_ListedNameBeyondAscii_AmongOthers_IsRefusedByItsRule(string listed, string sent)
    {
        new Gatekeeper(Gate.Blocking($"outlook.exe; {listed}; mfcmapi.exe; a.exe")).TryLogon(Gate.Client(sent), out _, out var verdict);

        verdict.Rule.Should().Be(listed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_ListedNameBeyondAscii_DisconnectsItsSessions(string listed, string sent)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        var session = gatekeeper.Logon(sent);

        gatekeeper.Apply(Gate.Blocking(listed)).Disconnected.Should().Be(1);

        session.IsDisconnected.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TryLogon_ListedNameBeyondAscii_BesideAnother_IsRefused(string listed, string sent) =>
        new Gatekeeper(Gate.Blocking(listed)).TryLogon(new MapiClient { ProcessNames = ["outlook.exe", sent] }, out _, out _).Should().BeFalse();
}
