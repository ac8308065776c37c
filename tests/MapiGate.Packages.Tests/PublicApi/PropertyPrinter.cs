using System.Reflection;
using System.Runtime.CompilerServices;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>Properties, indexers and events.</summary>
internal static class PropertyPrinter
{
    public static string Print(PropertyInfo property)
    {
        var widest = new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(MemberLister.IsVisible).MaxBy(accessor => accessor.IsPublic)!;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        var type = TypeName.Of(new NullabilityInfoContext().Create(property));
        var name = property.GetIndexParameters().Length == 0
            ? property.Name
            : $"this[{string.Join(", ", property.GetIndexParameters().Select(parameter => ParameterPrinter.Print(parameter, isReceiver: false)))}]";
        return $"{MethodPrinter.Modifiers(widest)}{required}{type} {name} {{{Accessor(property.GetMethod, "get", widest)}{Accessor(property.SetMethod, "set", widest)} }}";
    }

    public static string Print(EventInfo e) =>
        $"{MethodPrinter.Modifiers(e.AddMethod!)}event {TypeName.Of(new NullabilityInfoContext().Create(e))} {e.Name};";

    private static string Accessor(MethodInfo? accessor, string word, MethodInfo widest)
    {
        if (!MemberLister.IsVisible(accessor))
        {
            return string.Empty;
        }

        var isInit = accessor!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        var access = MethodPrinter.Access(accessor) == MethodPrinter.Access(widest) ? string.Empty : MethodPrinter.Access(accessor) + " ";
        return $" {access}{(isInit ? "init" : word)};";
    }
}
