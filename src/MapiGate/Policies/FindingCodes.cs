namespace MapiGate;

/// <summary>The code of every finding. A code, once given, is never given to another finding.</summary>
internal static class FindingCodes
{
    public const string Repeat = "MG1001";
    public const string QuotesRemoved = "MG1002";
    public const string PathRemoved = "MG1003";
    public const string NoExtension = "MG1004";
    public const string CommaInName = "MG1005";
    public const string InvisibleCharacter = "MG1006";
    public const string LookalikeCharacter = "MG1007";
    public const string MatchesEverything = "MG1008";
    public const string Needless = "MG1009";
    public const string InvertedRange = "MG1010";
    public const string OverlappingRanges = "MG1011";
    public const string CutShortVersion = "MG1012";
    public const string EmptyExemption = "MG1013";
    public const string EndedExemption = "MG1014";
    public const string DeniesOwnProcess = "MG1015";
    public const string SourceNote = "MG1016";
    public const string UnknownKey = "MG1017";
    public const string NeedlessExemption = "MG1018";
    public const string EmptyRule = "MG1019";
    public const string EndedRule = "MG1020";
    public const string NeverInForce = "MG1021";
    public const string SeveralSources = "MG1022";
}
