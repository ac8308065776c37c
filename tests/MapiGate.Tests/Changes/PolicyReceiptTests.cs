using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace MapiGate.Tests.Changes;

public class PolicyReceiptTests
{
    [Fact]
    public void ToString_SaysWhatTheChangeDid_TheSameInEveryCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var clock = new FakeTimeProvider();
            var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll, clock);
            gatekeeper.Logon("a.exe");
            gatekeeper.Logon("b.exe");

            var receipt = gatekeeper.Apply(Gate.Judging(client =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(0.75));
                return client.ProcessName == "a.exe";
            }));

            receipt.ToString().Should().Be("revision 1: 1 of 2 sessions disconnected in 1.5 ms");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void ToString_AChangeThatIsHeld_SaysWhatHeldIt()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.Logon("a.exe");

        var receipt = gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a.exe", MaxDisconnects = 0 }));

        receipt.ToString().Should().Contain("would disconnect 1 of 1 sessions (\"a.exe\" 1), past MaxDisconnects = 0: it is held");
    }
}
