using MapiGate.Gateway.Telemetry;

namespace MapiGate.Gateway.Forwarding;

/// <summary>Finds rules by User where clients come whose account the gateway can't read: it says so once for each policy.</summary>
internal sealed class UserRules(Gatekeeper gatekeeper, ILogger<UserRules> logger)
{
    private PolicyInForce? _told;

    /// <summary>A client authenticates its connection, by NTLM or Kerberos say.</summary>
    public void MeetUnreadableAccount()
    {
        var inForce = gatekeeper.InForce;
        if (Volatile.Read(ref _told) == inForce || Interlocked.Exchange(ref _told, inForce) == inForce)
        {
            return;
        }

        var names = inForce.Rules.Where(static rule => rule.User is not null).Select(static rule => rule.Key).ToArray();
        if (names.Length > 0)
        {
            GatewayLog.UserUnreadable(logger, string.Join(", ", names));
        }
    }
}
