using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace StoreServiceHost.Mailboxes;

/// <summary>Finds a mailbox by its owner's name or by its DN. Both ignore case, as directories do.</summary>
internal sealed class MailboxDirectory
{
    private readonly FrozenDictionary<string, Mailbox> _byOwner;
    private readonly FrozenDictionary<string, Mailbox> _byDn;

    public MailboxDirectory(IOptions<StoreOptions> options)
    {
        var mailboxes = options.Value.Users
            .Select(user => new Mailbox(user.Key, user.Value.MailboxDn, user.Value.DisplayName is { Length: > 0 } name ? name : user.Key))
            .ToArray();
        _byOwner = mailboxes.ToFrozenDictionary(mailbox => mailbox.Owner, StringComparer.OrdinalIgnoreCase);
        _byDn = mailboxes.ToFrozenDictionary(mailbox => mailbox.Dn, StringComparer.OrdinalIgnoreCase);
    }

    public int Count => _byOwner.Count;

    public bool TryFindByOwner(string? userName, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        return userName is not null && _byOwner.TryGetValue(userName, out mailbox);
    }

    public bool TryFindByDn(string dn, [NotNullWhen(true)] out Mailbox? mailbox) => _byDn.TryGetValue(dn, out mailbox);
}
