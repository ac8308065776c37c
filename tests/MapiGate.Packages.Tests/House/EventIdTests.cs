using System.Reflection;
using MapiGate.Packages.Tests.Repository;
using Microsoft.Extensions.Logging;

namespace MapiGate.Packages.Tests.House;

public class EventIdTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Packages => SourcePackage.Names;

    [Fact]
    public void EventId_OfAnyPackage_IsGivenOnce()
    {
        // An administrator filters by number, whatever package logged it.
        SourcePackage.All.SelectMany(ListedIds)
            .GroupBy(listed => listed.Id, listed => listed.Name)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group)}")
            .Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void LogMessage_OfEveryPackage_HasItsOwnListedEventId(string name)
    {
        var package = new SourcePackage(name);
        var logged = package.Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(Any))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(message => message.EventId);

        logged.Should().BeEquivalentTo(ListedIds(package).Select(listed => listed.Id));
    }

    private static IEnumerable<(string Name, int Id)> ListedIds(SourcePackage package) => package.Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("EventIds", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(Any))
        .Select(field => ($"{package.Name} {field.Name}", (int)field.GetRawConstantValue()!));
}
