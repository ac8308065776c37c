namespace MapiGate.Attack.Tests.Memory;

/// <summary>What a client makes up, so that it counts as another program at every logon.</summary>
public enum Invention
{
    Name,
    Version,
    SecondName,
}
