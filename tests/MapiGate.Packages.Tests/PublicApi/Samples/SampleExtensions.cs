namespace MapiGate.Packages.Tests.PublicApi.Samples;

public static class SampleExtensions
{
    public static int Sum(params int[] values) => values.AsSpan().Length;

    public static TBuilder With<TBuilder>(this TBuilder builder, Action<SampleRecord>? configure = null)
        where TBuilder : class, IDisposable => builder;
}
