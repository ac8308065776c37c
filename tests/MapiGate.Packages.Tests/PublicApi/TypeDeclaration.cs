using System.Reflection;
using System.Runtime.CompilerServices;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>The line that declares a type: <c>public sealed class Gatekeeper : IDisposable</c>.</summary>
internal static class TypeDeclaration
{
    public static string Print(Type type)
    {
        var access = type.IsNested && !type.IsNestedPublic ? "protected" : "public";
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return $"{access} delegate {MethodPrinter.Signature(type.GetMethod("Invoke")!, TypeName.Of(type))};";
        }

        var bases = Bases(type).ToList();
        return $"{access} {Kind(type)} {TypeName.Of(type)}{(bases.Count == 0 ? string.Empty : " : " + string.Join(", ", bases))}{Constraints.Of(type.GetGenericArguments())}";
    }

    public static bool IsRecord(Type type) => type.IsValueType
        ? type.GetMethod("PrintMembers", MemberLister.Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true
        : type.GetMethod("<Clone>$", MemberLister.Declared) is not null;

    private static string Kind(Type type)
    {
        var record = IsRecord(type) ? "record " : string.Empty;
        return type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : string.Empty)
                + (type.IsByRefLike ? "ref " : string.Empty) + record + "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract " + (record.Length > 0 ? "record" : "class"),
            { IsSealed: true } => "sealed " + (record.Length > 0 ? "record" : "class"),
            _ => record.Length > 0 ? "record" : "class",
        };
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetUnderlyingType(type) == typeof(int) ? [] : [TypeName.Of(Enum.GetUnderlyingType(type))];
        }

        // An interface that comes with another, or with the base class or the record, is nothing the type chose.
        var inherited = type.GetInterfaces().SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        var interfaces = type.GetInterfaces()
            .Where(i => !inherited.Contains(i) && !(IsRecord(type) && i == typeof(IEquatable<>).MakeGenericType(type)))
            .Select(TypeName.Of)
            .Order(StringComparer.Ordinal);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
            ? interfaces.Prepend(TypeName.Of(parent))
            : interfaces;
    }
}
