using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>The attributes that are part of a promise to users, as <c>[SupportedOSPlatform("windows")]</c>. Others are the compiler's business.</summary>
internal static class AttributePrinter
{
    private static readonly HashSet<Type> Promises =
    [
        typeof(FlagsAttribute),
        typeof(ObsoleteAttribute),
        typeof(SupportedOSPlatformAttribute),
        typeof(TupleElementNamesAttribute),
        typeof(UnsupportedOSPlatformAttribute),
    ];

    public static IReadOnlyList<string> Print(MemberInfo member) =>
    [
        .. Print(member.GetCustomAttributesData()),
        .. member is MethodInfo method ? Print(method.ReturnParameter).Select(attribute => "[return: " + attribute[1..]) : [],
    ];

    public static IReadOnlyList<string> Print(ParameterInfo parameter) => Print(parameter.GetCustomAttributesData());

    private static IReadOnlyList<string> Print(IList<CustomAttributeData> attributes)
    {
        // The compiler marks ref structs and required members obsolete for compilers that do not know them.
        var isCompilers = attributes.Any(attribute => attribute.AttributeType == typeof(CompilerFeatureRequiredAttribute));
        return
        [
            .. attributes
                .Where(attribute => IsPromise(attribute.AttributeType) && !(isCompilers && attribute.AttributeType == typeof(ObsoleteAttribute)))
                .Select(Print)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsPromise(Type attribute) =>
        Promises.Contains(attribute)
        || (attribute.Namespace == "System.Diagnostics.CodeAnalysis" && !attribute.Name.StartsWith("Suppress", StringComparison.Ordinal));

    private static string Print(CustomAttributeData attribute)
    {
        var name = attribute.AttributeType.Name[..^"Attribute".Length];
        var arguments = attribute.ConstructorArguments.Select(Print)
            .Concat(attribute.NamedArguments.Select(argument => $"{argument.MemberName} = {Print(argument.TypedValue)}"));
        var list = string.Join(", ", arguments);
        return list.Length == 0 ? $"[{name}]" : $"[{name}({list})]";
    }

    private static string Print(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        IReadOnlyCollection<CustomAttributeTypedArgument> items => string.Join(", ", items.Select(Print)),
        Type type => $"typeof({TypeName.Of(type)})",
        var value => Literal.Of(value, argument.ArgumentType),
    };
}
