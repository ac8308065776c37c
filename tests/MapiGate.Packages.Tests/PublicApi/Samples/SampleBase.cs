using System.Diagnostics.CodeAnalysis;
using System.Runtime.Versioning;

namespace MapiGate.Packages.Tests.PublicApi.Samples;

// Public, as only what is public is printed; nothing here does anything.
#pragma warning disable CA1051, CA1034, CA1062
public abstract class SampleBase<T> : IDisposable
    where T : struct
{
    public const string Text = "a \"quoted\" one";

    protected readonly int _number;

    protected SampleBase(int number) => _number = number;

    private protected SampleBase()
    {
    }

    public event EventHandler? Changed;

    public string? MayBeNull { get; protected set; }

    public required IReadOnlyList<string?> Names { get; init; }

    public string this[int index] => Text;

    public abstract bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text);

    [SupportedOSPlatform("windows")]
    public virtual (int Low, int High) Range(T? value = null, SampleChoice choice = SampleChoice.Second, CancellationToken token = default) => default;

    public override string ToString() => nameof(SampleBase<>);

    public void Dispose() => GC.SuppressFinalize(this);

    internal void NotSeen() => Changed?.Invoke(this, EventArgs.Empty);

    public delegate Task<string?> Callback(in int number, ref string text);
}
