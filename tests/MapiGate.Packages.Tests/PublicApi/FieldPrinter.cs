using System.Reflection;
using System.Runtime.CompilerServices;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>Constants and fields.</summary>
internal static class FieldPrinter
{
    public static string Print(FieldInfo field)
    {
        var access = field.IsPublic ? "public" : "protected";
        var type = TypeName.Of(new NullabilityInfoContext().Create(field));
        if (field.IsLiteral)
        {
            return $"{access} const {type} {field.Name} = {Literal.Of(field.GetRawConstantValue(), field.FieldType)};";
        }

        var required = field.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        return $"{access} {(field.IsStatic ? "static " : string.Empty)}{required}{(field.IsInitOnly ? "readonly " : string.Empty)}{type} {field.Name};";
    }
}
