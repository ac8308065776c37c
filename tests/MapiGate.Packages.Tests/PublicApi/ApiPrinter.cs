using System.Reflection;
using System.Text;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>Writes down what a package's users can see: C#-like declarations, sorted, so that a diff is a decision to review.</summary>
internal static class ApiPrinter
{
    public static string Print(Assembly assembly) => Print(assembly.GetExportedTypes());

    public static string Print(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        var namespaces = types.Where(type => !type.IsNested)
            .GroupBy(type => type.Namespace, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in namespaces)
        {
            text.Append('\n').Append("namespace ").Append(group.Key).Append('\n');
            foreach (var type in group.OrderBy(type => type.Name, StringComparer.Ordinal))
            {
                text.Append('\n');
                Append(text, type, indent: string.Empty);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Type type, string indent)
    {
        AppendLines(text, indent, [.. AttributePrinter.Print(type), TypeDeclaration.Print(type)]);
        indent += "    ";
        var members = MemberLister.List(type)
            .OrderBy(member => member.Order)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.Declaration, StringComparer.Ordinal);
        foreach (var member in members)
        {
            AppendLines(text, indent, [.. member.Attributes, member.Declaration]);
        }

        foreach (var nested in type.GetNestedTypes(MemberLister.Declared).Where(IsVisible).OrderBy(nested => nested.Name, StringComparer.Ordinal))
        {
            Append(text, nested, indent);
        }
    }

    private static bool IsVisible(Type nested) => nested.IsNestedPublic || nested.IsNestedFamily || nested.IsNestedFamORAssem;

    private static void AppendLines(StringBuilder text, string indent, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(indent).Append(line).Append('\n');
        }
    }
}
