namespace MapiGate.Packages.Tests.PublicApi.Samples;

public record SampleRecord(string Name, int? Size = 3)
{
    internal int NotSeen { get; set; }
}
