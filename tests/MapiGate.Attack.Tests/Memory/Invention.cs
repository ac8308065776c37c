namespace MapiGate.Attack.Tests.Memory;

/// <summary>What the clients of a crowd make up, so that each counts as another program.</summary>
public enum Invention
{
    Nothing,
    Name,
    Version,
    SecondName,
}
