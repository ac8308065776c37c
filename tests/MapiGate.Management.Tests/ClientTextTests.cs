using System.Text.Json.Nodes;

namespace MapiGate.Management.Tests;

/// <summary>What a client says of itself is text, as long as it likes and with whatever in it: wherever it is shown, it is cut and cleaned.</summary>
public class ClientTextTests
{
    private const string Override = "\u202E";

    private static readonly MapiClient Liar = new()
    {
        ProcessNames = [$"evil{Override}gpj.exe{new string('x', 5000)}"],
        UserName = $"CORP\\a\u0007b{Override}{new string('y', 5000)}",
        UserDn = $"/o=x/cn={Override}{new string('z', 5000)}",
        MachineName = $"PC\r\n{Override}{new string('m', 5000)}",
    };

    [Theory]
    [InlineData("programs")]
    [InlineData("sessions")]
    [InlineData("refused")]
    [InlineData("journal")]
    public async Task WhatIsShown_IsCutAndCleaned(string path)
    {
        await using var gate = await ManagedGate.StartAsync();
        gate.Gatekeeper.TryLogon(Liar, out var session, out _).Should().BeTrue();
        using var admitted = session;
        gate.Gatekeeper.TryLogon(Liar with { ProcessNames = ["other.exe", .. Liar.ProcessNames] }, out var other, out _).Should().BeTrue();
        using var cut = other;
        gate.Gatekeeper.Apply(ConnectionPolicy.FromOptions(new() { DisableMapiClientProcesses = "other.exe" }));
        gate.Gatekeeper.TryLogon(Liar with { ProcessNames = ["other.exe"] }, out _, out _).Should().BeFalse();

        Texts(await gate.GetAsync(path)).Should().NotBeEmpty().And.OnlyContain(text => IsFitToShow(text));
    }

    [Fact]
    public async Task APreview_IsCutAndCleaned()
    {
        await using var gate = await ManagedGate.StartAsync();
        gate.Gatekeeper.TryLogon(Liar, out var session, out _).Should().BeTrue();
        using var admitted = session;

        var (status, preview) = await gate.SendAsync(HttpMethod.Post, "policy/preview", new { document = """{ "MapiGate": { "DisableMapiClientProcesses": "evil*" } }""" });

        status.Should().Be(200);
        preview!["disconnected"]!.GetValue<int>().Should().Be(1);
        Texts(preview).Should().OnlyContain(text => IsFitToShow(text));
    }

    // A line of the journal holds several parts, of 128 characters each.
    private static bool IsFitToShow(string text) =>
        text.Length < 1000 && !text.Contains(Override, StringComparison.Ordinal) && !text.Any(c => char.IsControl(c) && c != '\n');

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject properties => properties.SelectMany(property => Texts(property.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
