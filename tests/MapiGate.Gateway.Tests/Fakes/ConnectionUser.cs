namespace MapiGate.Gateway.Tests.Fakes;

/// <summary>What a server that authenticates by connection knows of one.</summary>
internal sealed class ConnectionUser
{
    public string? Name { get; set; }

    public ulong Challenge { get; set; }
}
