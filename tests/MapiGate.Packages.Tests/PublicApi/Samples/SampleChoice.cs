namespace MapiGate.Packages.Tests.PublicApi.Samples;

[Flags]
public enum SampleChoice
{
    None = 0,
    Second = 2,
    First = 1,
}
