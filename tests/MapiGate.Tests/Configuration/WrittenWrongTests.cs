using MapiGate.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>What an administrator may write that means something else than it looks like is refused, with the key and the fix.</summary>
public class WrittenWrongTests
{
    [Theory]
    [InlineData("\"ReportOnly\": true", "ReportOnly")]
    [InlineData("\"ReportOnly\": \"a.exe\"", "ReportOnly")]
    [InlineData("\"Rules\": { \"r\": { \"Process\": \"a.exe\", \"Until\": \"18:00\" } }", "Rules:r:Until")]
    [InlineData("\"Rules\": { \"r\": { \"Process\": \"a.exe\", \"Until\": \"01/02/2026\" } }", "Rules:r:Until")]
    [InlineData("\"Rules\": { \"r\": { \"Address\": \"010.001.002.003\" } }", "Rules:r:Address")]
    [InlineData("\"Rules\": { \"r\": { \"Address\": \"010.0.0.0/8\" } }", "Rules:r:Address")]
    [InlineData("\"Rules\": { \"r\": { \"Address\": \"0x0a.0.0.1\" } }", "Rules:r:Address")]
    [InlineData("\"Rules\": { \"r\": { \"Process\": \"a.exe\" }, \"r \": { \"Process\": \"b.exe\" } }", "Rules:r ")]
    [InlineData("\"Exemptions\": { \" e\": { \"Process\": \"a.exe\" } }", "Exemptions: e")]
    [InlineData("\"Rules\": { \"\": { \"Process\": \"a.exe\" } }", "Rules:")]
    public void Start_Fails_AndNamesTheKey(string written, string key)
    {
        FluentActions.Invoking(() => Json.Services($$"""{ "MapiGate": { {{written}} } }""").Gatekeeper())
            .Should().Throw<Exception>().WithMessage($"*{key}*");
    }

    [Theory]
    [InlineData("2026-12-31")]
    [InlineData("2026-12-31 18:00")]
    [InlineData("2026-12-31T18:00:00Z")]
    [InlineData("2026-12-31T18:00:00.1234567+02:00")]
    public void AMomentWithItsDate_IsRead(string until)
    {
        Json.Services($$"""{ "MapiGate": { "Rules": { "r": { "Process": "a.exe", "Until": "{{until}}" } } } }""").Gatekeeper()
            .InForce.Rules.Should().ContainSingle().Which.Until!.Value.Year.Should().Be(2026);
    }

    [Fact]
    public void TextThatIsNotUnicode_IsReadAllTheSame()
    {
        // A registry value can hold half a character.
        var policy = ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a\uD800.exe", Rules = { ["r\uDC00"] = new() { Process = "b\uD800.exe" } } });

        policy.Evaluate(Gate.Client("A\uD800.exe")).IsAllowed.Should().BeFalse();
        policy.Evaluate(Gate.Client("b\uD800.exe")).IsAllowed.Should().BeFalse();
    }

    [Fact]
    public void TwoTextsThatAreNotUnicode_AreTwoPolicies()
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a\uD800.exe" }));
        var before = gatekeeper.InForce.Fingerprint;

        gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "a\uD801.exe" }));

        gatekeeper.InForce.Fingerprint.Should().NotBe(before);
    }
}
