using MapiGate.Packages.Tests.PublicApi.Samples;

namespace MapiGate.Packages.Tests.PublicApi;

public class ApiPrinterTests
{
    [Fact]
    public void Print_TypesOfEveryKind_WritesWhatTheirUsersSeeAndNothingElse()
    {
        var text = ApiPrinter.Print([typeof(SampleRecord), typeof(SampleChoice), typeof(SampleBase<>), typeof(SampleExtensions)]);

        text.Should().Be("""

            namespace MapiGate.Packages.Tests.PublicApi.Samples

            public abstract class SampleBase<T> : IDisposable where T : struct
                public const string Text = "a \"quoted\" one";
                protected readonly int _number;
                protected SampleBase(int number);
                public string this[int index] { get; }
                public string? MayBeNull { get; protected set; }
                public required IReadOnlyList<string?> Names { get; init; }
                public event EventHandler? Changed;
                public void Dispose();
                [SupportedOSPlatform("windows")]
                [return: TupleElementNames("Low", "High")]
                public virtual (int, int) Range(T? value = null, SampleChoice choice = SampleChoice.Second, CancellationToken token = default);
                public override string ToString();
                public abstract bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text);
                public delegate Task<string?> Callback<T>(in int number, ref string text);

            [Flags]
            public enum SampleChoice
                None = 0,
                First = 1,
                Second = 2,

            public static class SampleExtensions
                public static int Sum(params int[] values);
                public static TBuilder With<TBuilder>(this TBuilder builder, Action<SampleRecord>? configure = null) where TBuilder : class, IDisposable;

            public record SampleRecord
                public SampleRecord(string Name, int? Size = 3);
                public string Name { get; init; }
                public int? Size { get; init; }

            """.ReplaceLineEndings("\n"));
    }
}
