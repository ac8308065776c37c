using System.Reflection;
using System.Runtime.CompilerServices;

namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>A type's name as C# writes it, with <c>?</c> where the declaration allows null.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    public static string Of(Type type) => Of(type, nullability: null);

    public static string Of(NullabilityInfo nullability) => Of(nullability.Type, nullability);

    private static string Of(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value, nullability) + "?";
        }

        // Of a type parameter the runtime only knows that it may be null, not whether somebody wrote T or T?.
        var mayBeNull = nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable };
        return WithoutMark(type, nullability) + (mayBeNull && !type.IsValueType && !type.IsGenericParameter ? "?" : string.Empty);
    }

    private static string WithoutMark(Type type, NullabilityInfo? nullability)
    {
        if (type.IsArray)
        {
            return Of(type.GetElementType()!, nullability?.ElementType) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var name = type.Name.Split('`')[0];
        if (!type.IsGenericType)
        {
            return name;
        }

        var arguments = type.GetGenericArguments();
        var names = arguments.Select((argument, i) => Of(argument, Argument(nullability, arguments.Length, i)));
        return type.IsAssignableTo(typeof(ITuple)) ? $"({string.Join(", ", names)})" : $"{name}<{string.Join(", ", names)}>";
    }

    private static NullabilityInfo? Argument(NullabilityInfo? nullability, int count, int index) =>
        nullability?.GenericTypeArguments.Length == count ? nullability.GenericTypeArguments[index] : null;
}
