using System.Net.Http.Headers;
using System.Text;
using MapiGate.Protocol;

namespace MapiClient.Sessions;

/// <summary>Who the client says it is. Nothing here has to be true, which is the point of this program.</summary>
internal sealed record ClientIdentity
{
    /// <summary>One AUX_PERF_PROCESSINFO each; none at all when empty.</summary>
    public IReadOnlyList<string> ProcessNames { get; init; } = [];

    /// <summary>Sent in <c>X-ClientApplication</c>; no such header when <see langword="null"/>.</summary>
    public Version? Version { get; init; }

    /// <summary>AUX_PERF_CLIENTINFO.MachineName.</summary>
    public string? MachineName { get; init; }

    public required string UserName { get; init; }

    public required string Password { get; init; }

    /// <summary>The mailbox's legacy distinguished name.</summary>
    public required string MailboxDn { get; init; }

    /// <summary>How the auxiliary buffer is packed.</summary>
    public ExtendedBufferFlags Packing { get; init; } = ExtendedBufferFlags.Last;

    public AuthenticationHeaderValue ToAuthorization() =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password}")));

    /// <summary>The auxiliary buffer of Connect; empty when there is nothing to say.</summary>
    public byte[] ToAuxiliaryBuffer()
    {
        if (ProcessNames.Count == 0 && MachineName is null)
        {
            return [];
        }

        return AuxiliaryWriter.Write(
            new AuxiliaryInfo { ProcessNames = ProcessNames, MachineName = MachineName, UserName = UserName, ClientMode = MapiClientMode.Online },
            Packing);
    }
}
