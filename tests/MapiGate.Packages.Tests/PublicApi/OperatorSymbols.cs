namespace MapiGate.Packages.Tests.PublicApi;

/// <summary>An operator's symbol by its method's name; the name itself for those no package has so far.</summary>
internal static class OperatorSymbols
{
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_Implicit"] = "implicit",
        ["op_Explicit"] = "explicit",
    };

    public static string Of(string method) => Symbols.GetValueOrDefault(method, method);
}
