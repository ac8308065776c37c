namespace MapiGate.Tests.Clients;

/// <summary>A policy of somebody's own may keep its verdicts by program: it must be able to tell programs apart.</summary>
public class ClientProgramTests
{
    [Theory]
    [InlineData("11.0.0.0", true, "a.exe", "b.exe")]
    [InlineData("11.0.0.0", false, "b.exe", "a.exe")]
    [InlineData("11.0.0.0", false, "a.exe", "B.EXE")]
    [InlineData("11.0.0.0", false, "a.exe")]
    [InlineData("11.0.0.1", false, "a.exe", "b.exe")]
    public void Programs_AreEqual_WhenNamesAndVersionAre(string version, bool equal, params string[] names)
    {
        var program = ProgramOf(new() { ProcessNames = ["a.exe", "b.exe"], Version = new(11, 0, 0, 0) });
        var other = ProgramOf(new() { ProcessNames = names, Version = Version.Parse(version) });

        (program == other).Should().Be(equal);
        (program != other).Should().Be(!equal);
        program.Equals((object)other).Should().Be(equal);
        new HashSet<ClientProgram> { program }.Contains(other).Should().Be(equal);
    }

    [Fact]
    public void AProgram_EqualsNothingElse() =>
        ProgramOf(new() { ProcessNames = ["a.exe"] }).Equals("a.exe").Should().BeFalse();

    [Fact]
    public void NoProgram_HasNoNames()
    {
        default(ClientProgram).ProcessNames.Should().BeEmpty();
        (default(ClientProgram) == ProgramOf(new())).Should().BeTrue();
    }

    private static ClientProgram ProgramOf(MapiClient client)
    {
        var gatekeeper = new Gatekeeper(ConnectionPolicy.AllowAll);
        gatekeeper.TryLogon(client, out _, out _).Should().BeTrue();
        var policy = new AskedPolicy();
        gatekeeper.Preview(policy);
        return policy.Asked.Should().ContainSingle().Which;
    }

    private sealed class AskedPolicy : IProgramPolicy
    {
        public List<ClientProgram> Asked { get; } = [];

        public ConnectionVerdict Evaluate(MapiClient client) => ConnectionVerdict.Allowed;

        public bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict)
        {
            Asked.Add(program);
            verdict = ConnectionVerdict.Allowed;
            return true;
        }
    }
}
