using Microsoft.Extensions.Options;

namespace StoreServiceHost.Mailboxes;

/// <summary>Says at start, by key, what a user lacks: otherwise the first sign would be a 401 that nobody understands.</summary>
internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        var failures = new List<string>();
        if (options.Users.Count == 0)
        {
            failures.Add("Users: empty, so nobody could log on. Is appsettings.json in the content root (--contentRoot DIR)?");
        }

        var ownerOf = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (user, entry) in options.Users)
        {
            if (entry.Password.Length == 0)
            {
                failures.Add($"Users:{user}:Password: empty. Give it one.");
            }

            if (entry.MailboxDn.Length == 0)
            {
                failures.Add($"Users:{user}:MailboxDn: empty. Write the user's legacy DN, such as /o=Org/ou=Group/cn=Recipients/cn={user}.");
            }
            else if (!ownerOf.TryAdd(entry.MailboxDn, user))
            {
                failures.Add($"Users:{user}:MailboxDn: '{entry.MailboxDn}' belongs to {ownerOf[entry.MailboxDn]} already. A DN names one mailbox.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
