using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>A type's own public and protected members, but for those that the compiler writes (a record's equality, say).</summary>
internal static class MemberLister
{
    public const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<ApiMember> List(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        return type.IsEnum
            ? type.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(Value).Select(EnumMember)
            :
            [
                .. type.GetFields(Declared).Where(IsVisible).Select(field => Member(0, field, FieldPrinter.Print(field))),
                .. type.GetConstructors(Declared).Where(IsVisible).Select(constructor => Member(1, constructor, MethodPrinter.Print(constructor))),
                .. type.GetProperties(Declared).Where(IsVisible).Select(property => Member(2, property, PropertyPrinter.Print(property))),
                .. type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(e => Member(3, e, PropertyPrinter.Print(e))),
                .. type.GetMethods(Declared).Where(IsMethod).Select(method => Member(4, method, MethodPrinter.Print(method))),
            ];
    }

    public static bool IsVisible(MethodBase? method) =>
        method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !IsCompilers(method);

    private static ApiMember Member(int order, MemberInfo member, string declaration) => new(order, member.Name, AttributePrinter.Print(member), declaration);

    // In the order of their values, which callers and logs may hold.
    private static ApiMember EnumMember(FieldInfo field, int index) =>
        new(index, field.Name, AttributePrinter.Print(field), $"{field.Name} = {Value(field):0},");

    private static decimal Value(FieldInfo field) => Convert.ToDecimal(field.GetRawConstantValue(), CultureInfo.InvariantCulture);

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static bool IsVisible(PropertyInfo property) => IsVisible(property.GetMethod) || IsVisible(property.SetMethod);

    private static bool IsMethod(MethodInfo method) =>
        IsVisible(method) && (!method.IsSpecialName || IsOperator(method));

    private static bool IsOperator(MethodBase method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    // An auto-property's accessors carry the compiler's mark, too, and are its author's.
    private static bool IsCompilers(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute))
        && (!method.IsSpecialName || IsOperator(method) || method.IsConstructor || method.Name == "get_EqualityContract");
}
