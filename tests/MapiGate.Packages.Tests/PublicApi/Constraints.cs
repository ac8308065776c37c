using System.Reflection;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>What a declaration asks of its type parameters: <c> where T : struct</c>.</summary>
internal static class Constraints
{
    public static string Of(IEnumerable<Type> parameters) => string.Concat(parameters
        .Where(parameter => parameter.IsGenericParameter)
        .Select(parameter => (parameter.Name, Words: Words(parameter).ToList()))
        .Where(constraint => constraint.Words.Count > 0)
        .Select(constraint => $" where {constraint.Name} : {string.Join(", ", constraint.Words)}"));

    private static IEnumerable<string> Words(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct)
        {
            yield return "struct";
        }

        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return "class";
        }

        foreach (var type in parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)))
        {
            yield return TypeName.Of(type);
        }

        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            yield return "new()";
        }

        if (attributes.HasFlag(GenericParameterAttributes.AllowByRefLike))
        {
            yield return "allows ref struct";
        }
    }
}
