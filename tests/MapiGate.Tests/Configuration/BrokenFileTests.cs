using System.Runtime.CompilerServices;
using MapiGate.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MapiGate.Tests.Configuration;

/// <summary>A file that cannot be read is emptied by its provider, which tells nobody; then another source signals.</summary>
public class BrokenFileTests
{
    private const string Garbage = "{ garbage";
    private static readonly string Policy = Blocking("a.exe");

    private readonly MemoryFile _file = new(Policy);
    private readonly SignallingSource _other = new();

    public static TheoryData<int[]> Orders => new()
    {
        new[] { 0, 1, 2 },
        new[] { 0, 2, 1 },
        new[] { 1, 0, 2 },
        new[] { 1, 2, 0 },
        new[] { 2, 0, 1 },
        new[] { 2, 1, 0 },
    };

    [Fact]
    public void UnderASectionOfARootThatIsNotTheRegisteredOne_LetsNobodyIn()
    {
        var root = _file.Root(_other);
        FollowedContainer container;
        try
        {
            container = new FollowedContainer(services => services
                .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
                .AddMapiGate(root.GetSection("MapiGate")));
        }
        catch (Exception e) when (NamesTheOverload(e.Message))
        {
            // A start that fails and names the overload to use lets nobody in either.
            return;
        }

        using (container)
        {
            _file.Write(Garbage);
            _other.Signal();

            container.Denies("a.exe").Should().BeTrue();
            container.Gatekeeper.Status.Error.Should().NotBeNull();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ASectionOfAnUnknownRoot_FailsTheStart_AndNamesTheOverloadToUse(bool isAnotherRegistered)
    {
        var start = () => new FollowedContainer(services =>
        {
            if (isAnotherRegistered)
            {
                services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
            }

            return services.AddMapiGate(_file.Root(_other).GetSection("MapiGate"));
        });

        NamesTheOverload(start.Should().Throw<Exception>().Which.Message).Should().BeTrue();
    }

    [Fact]
    public void ASectionOfTheRegisteredRoot_Starts()
    {
        var root = _file.Root(_other);
        using var container = new FollowedContainer(services => services.AddSingleton<IConfiguration>(root).AddMapiGate(root.GetSection("MapiGate")));

        _file.Write(Garbage);
        _other.Signal();

        container.Denies("a.exe").Should().BeTrue();
        container.Gatekeeper.Status.Error.Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void WithSeveralContainersOnOneConfiguration_DisposedInAnyOrder_LetsNobodyInToThoseThatStay(int[] order)
    {
        var root = _file.Root(_other);
        var containers = Enumerable.Range(0, order.Length).Select(_ => new FollowedContainer(root)).ToList();
        var staying = containers.ToList();
        foreach (var leaving in order)
        {
            _file.Write(Garbage);
            _other.Signal();

            staying.Should().OnlyContain(container => container.Denies("a.exe"));
            staying.Should().OnlyContain(container => container.Gatekeeper.Status.Error != null);

            _file.Write(Policy);
            staying.Should().OnlyContain(container => container.Gatekeeper.Status.Error == null);

            containers[leaving].Dispose();
            staying.Remove(containers[leaving]);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void WhenAllContainersAreDisposed_InAnyOrder_TheFileHoldsNoneOfThem(int[] order)
    {
        var root = _file.Root(_other);
        var gone = StartAndDispose(root, order);

        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        gone.Count(gatekeeper => gatekeeper.IsAlive).Should().Be(0);
        GC.KeepAlive(root);
    }

    [Fact]
    public void AContainerThatStartsWhileTheFileIsBroken_FailsOrSaysSo_AndIsNotGreen()
    {
        var root = _file.Root(_other);
        using var first = new FollowedContainer(root);
        _file.Write(Garbage);

        ShouldFailOrBeReported(root);
    }

    [Fact]
    public void AFileThatBreaksBeforeTheGateStarts_FailsTheStartOrIsReported()
    {
        var root = _file.Root(_other);
        _file.Write(Garbage);

        ShouldFailOrBeReported(root);
    }

    [Fact]
    public void AFileAddedAfterTheStart_IsGuardedToo()
    {
        using var configuration = new ConfigurationManager();
        ((IConfigurationBuilder)configuration).Add(_other);
        using var container = new FollowedContainer(services => services.AddMapiGate(configuration));
        ((IConfigurationBuilder)configuration).Add(_file.Source());
        _other.Signal();
        container.Denies("a.exe").Should().BeTrue("it follows the new file");

        _file.Write(Garbage);
        _other.Signal();

        container.Denies("a.exe").Should().BeTrue();
        container.Gatekeeper.Status.Error.Should().NotBeNull();
    }

    [Fact]
    public void ASourceAddedAfterTheStart_LeavesTheFileGuarded()
    {
        using var configuration = new ConfigurationManager();
        ((IConfigurationBuilder)configuration).Add(_file.Source());
        using var container = new FollowedContainer(services => services.AddMapiGate(configuration));

        // This makes the manager build every provider anew.
        configuration.Sources.Insert(0, _other);
        _file.Write(Garbage);
        _other.Signal();

        container.Denies("a.exe").Should().BeTrue();
        container.Gatekeeper.Status.Error.Should().NotBeNull();
    }

    [Fact]
    public void BrokenOverAndOver_ItsRepairIsHeardEachTime()
    {
        using var container = new FollowedContainer(_file.Root(_other));
        for (var i = 0; i < 20; i++)
        {
            _file.Write(Garbage + i);
            _other.Signal();
            container.Gatekeeper.Status.Error.Should().NotBeNull();

            _file.Write(Blocking($"a{i}.exe"));
            container.Denies($"a{i}.exe").Should().BeTrue();
            container.Gatekeeper.Status.Error.Should().BeNull();
        }
    }

    private static string Blocking(string processes) => $$"""{ "MapiGate": { "DisableMapiClientProcesses": "{{processes}}" } }""";

    private static bool NamesTheOverload(string message) =>
        message.Contains("AddMapiGate(root, ", StringComparison.Ordinal) || message.Contains(nameof(IConfigurationRoot), StringComparison.Ordinal);

    // Out of line, so that no variable of the test holds what it looks for.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> StartAndDispose(IConfigurationRoot root, int[] order)
    {
        var containers = Enumerable.Range(0, order.Length).Select(_ => new FollowedContainer(root)).ToList();
        Array.ForEach(order, leaving => containers[leaving].Dispose());
        return [.. containers.Select(container => new WeakReference(container.Gatekeeper))];
    }

    private void ShouldFailOrBeReported(IConfigurationRoot root)
    {
        FollowedContainer container;
        try
        {
            container = new FollowedContainer(root);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return;
        }

        using (container)
        {
            _other.Signal();
            (container.Denies("a.exe") || container.Gatekeeper.Status.Error is not null).Should().BeTrue("nobody wrote that a.exe may come in");
        }
    }
}
