using System.Reflection;
using System.Runtime.CompilerServices;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>One parameter: attributes, how it is passed, type, name, default.</summary>
internal static class ParameterPrinter
{
    public static string Print(ParameterInfo parameter, bool isReceiver)
    {
        var attributes = string.Concat(AttributePrinter.Print(parameter).Select(attribute => attribute + " "));
        var type = TypeName.Of(new NullabilityInfoContext().Create(parameter));
        var defaultValue = parameter.HasDefaultValue ? " = " + Literal.Of(parameter.DefaultValue, parameter.ParameterType) : string.Empty;
        return $"{attributes}{(isReceiver ? "this " : string.Empty)}{Passing(parameter)}{type} {parameter.Name}{defaultValue}";
    }

    private static string Passing(ParameterInfo parameter) => parameter switch
    {
        { IsOut: true } => "out ",
        { ParameterType.IsByRef: true, IsIn: true } => "in ",
        { ParameterType.IsByRef: true } => "ref ",
        _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
        _ => string.Empty,
    };
}
