namespace MapiGate;

/// <summary>
/// An account or a pattern of accounts: <c>CORP\jane</c>, <c>jane@corp.example</c>, <c>CORP\svc-*</c>. One without a domain,
/// <c>jane</c>, means that name in any domain.
/// </summary>
internal sealed class AccountPattern(string text)
{
    private readonly WildcardPattern _pattern = new(text);
    private readonly bool _hasDomain = text.AsSpan().ContainsAny('\\', '@');

    public string Text => text;

    public bool IsMatch(string account)
    {
        if (_hasDomain)
        {
            return _pattern.IsMatch(account);
        }

        var name = account.AsSpan()[(account.LastIndexOf('\\') + 1)..];
        var at = name.LastIndexOf('@');
        return _pattern.IsMatch(at < 0 ? name : name[..at]);
    }
}
