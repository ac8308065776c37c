using System.Reflection;
using System.Runtime.CompilerServices;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>Methods, constructors and operators: the head of the declaration, as C# writes it.</summary>
internal static class MethodPrinter
{
    public static string Print(MethodInfo method) => $"{Modifiers(method)}{Signature(method, Name(method))};";

    public static string Print(ConstructorInfo constructor) =>
        $"{Access(constructor)} {constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)});";

    /// <summary>What follows the modifiers: <c>bool TryParse(string? text, out Version? version)</c>.</summary>
    public static string Signature(MethodInfo method, string name)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeName.Of))}>" : string.Empty;
        return $"{ReturnType(method.ReturnParameter)} {name}{generic}({Parameters(method)}){Constraints.Of(method.GetGenericArguments())}";
    }

    public static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
        {
            return method.IsStatic ? "static " : string.Empty;
        }

        var kind = method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            _ when method.GetBaseDefinition().DeclaringType != method.DeclaringType => method.IsFinal ? "sealed override " : "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => string.Empty,
        };
        return $"{Access(method)} {kind}";
    }

    public static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    public static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute));
        return string.Join(", ", method.GetParameters().Select(parameter => ParameterPrinter.Print(parameter, isExtension && parameter.Position == 0)));
    }

    private static string ReturnType(ParameterInfo parameter)
    {
        var byRef = !parameter.ParameterType.IsByRef ? string.Empty
            : parameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref ";
        return byRef + TypeName.Of(new NullabilityInfoContext().Create(parameter));
    }

    private static string Name(MethodInfo method) =>
        method.IsSpecialName && method.Name.StartsWith("op_", StringComparison.Ordinal) ? "operator " + OperatorSymbols.Of(method.Name) : method.Name;
}
