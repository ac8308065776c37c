using System.Text.RegularExpressions;
using NATS.NKeys;

namespace MapiGate.Fleet.Tests.Rights;

/// <summary>docs/fleet.md tells the truth. Its servers and rights are run by all tests beside.</summary>
public partial class FleetDocumentTests
{
    [Fact]
    public async Task Keys_AreMadeAsItSays()
    {
        var folder = Directory.CreateTempSubdirectory("key-").FullName;
        try
        {
            // Nothing of what may stand in folders above.
            foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            {
                await File.WriteAllTextAsync(Path.Combine(folder, name), "<Project />");
            }

            var made = (await FleetDocument.RunAsync(folder, FleetDocument.Commands("key.cs"))).Trim().Split('\n')[^1].Split(' ');

            using var pair = KeyPair.FromSeed(made[0]);
            made[0].Should().StartWith("SU");
            pair.GetPublicKey().Should().Be(made[1]).And.StartWith("U");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void EverySetting_IsInTheTable_AndNoOther()
    {
        var table = FleetDocument.Text.Split("## A gate's settings")[1].Split("\n## ")[0];

        table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Key().Matches(line.Split('|')[1]).Select(key => key.Groups[1].Value))
            .Should().BeEquivalentTo(typeof(FleetOptions).GetProperties().Select(property => property.Name));
    }

    [Fact]
    public void EveryState_IsInTheTable_AndNoOther()
    {
        var table = FleetDocument.Text.Split("| state | means |")[1].Split("\n\n")[0];

        State().Matches(table).Select(state => state.Groups[1].Value).Should().BeEquivalentTo(Enum.GetNames<FleetGateState>().Select(name => name.ToUpperInvariant()));
    }

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Key();

    [GeneratedRegex(@"^\| ([A-Z]+) \|", RegexOptions.Multiline)]
    private static partial Regex State();
}
