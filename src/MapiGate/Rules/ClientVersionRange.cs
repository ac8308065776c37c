namespace MapiGate;

/// <summary>Client versions from one to another, both included, as an administrator wrote them.</summary>
internal sealed record ClientVersionRange(string Entry, Version Low, Version High)
{
    public bool IsInverted => Low > High;

    public bool Contains(Version version) => version >= Low && version <= High;

    public bool Contains(ClientVersionRange other) => Low <= other.Low && High >= other.High;

    public bool Overlaps(ClientVersionRange other) => Low <= other.High && other.Low <= High;
}
