using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MapiGate.Management.Tests;

/// <summary>A log that throws, as on a full disk: what was ordered is done, and its receipt arrives.</summary>
public class ThrowingLogTests
{
    [Fact]
    public async Task Orders_AreDone_AndAnswered()
    {
        using var log = new ThrowingLog("PolicyWritten", "SessionsKicked", "WrongToken", "WriteRefused");
        await using var gate = await ManagedGate.StartAsync(builder =>
        {
            builder.Services.AddMapiGateTokens();
            builder.Logging.AddProvider(log);
        });
        using var kicked = gate.Logon("one.exe");
        using var cut = gate.Logon("two.exe");

        var (written, receipt) = await gate.SendAsync(HttpMethod.Post, "rules", new { process = "two.exe" });
        var (ordered, kick) = await gate.SendAsync(HttpMethod.Post, "sessions/disconnect", new { process = "one.exe" });

        written.Should().Be(200);
        receipt!["receipt"]!["disconnected"]!.GetValue<int>().Should().Be(1);
        ordered.Should().Be(200);
        kick!["sessions"]!.GetValue<int>().Should().Be(1);
        (kicked.IsDisconnected, cut.IsDisconnected).Should().Be((true, true));
        log.Thrown.Should().BeGreaterThanOrEqualTo(2);
    }
}
