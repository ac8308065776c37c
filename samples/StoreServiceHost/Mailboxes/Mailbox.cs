using System.Security.Cryptography;
using System.Text;

namespace StoreServiceHost.Mailboxes;

/// <summary>A private mailbox and its owner.</summary>
/// <param name="Owner">The name the owner authenticates with.</param>
/// <param name="Dn">The legacy distinguished name.</param>
/// <param name="DisplayName">What the client shows.</param>
internal sealed record Mailbox(string Owner, string Dn, string DisplayName)
{
    /// <summary>Derived from the DN, so that it outlives a restart: clients key their caches by it.</summary>
    public Guid Id { get; } = new(SHA256.HashData(Encoding.UTF8.GetBytes(Dn.ToUpperInvariant())).AsSpan(0, 16));
}
