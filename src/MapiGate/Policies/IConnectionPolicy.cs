namespace MapiGate;

/// <summary>
/// An immutable value that gives every client a verdict: the same verdict for the same client, however often and from
/// whichever thread it is asked. To change what it says, give the gatekeeper another policy.
/// </summary>
/// <remarks>
/// A policy that throws from <see cref="Evaluate"/> makes that <see cref="Gatekeeper.TryLogon"/> throw and lets nobody in;
/// during <see cref="Gatekeeper.Apply(IConnectionPolicy)"/> the session it could not judge is left alone and the failure is logged.
/// </remarks>
public interface IConnectionPolicy
{
    /// <summary>Whether this client may have a session, and if not, by which rule.</summary>
    ConnectionVerdict Evaluate(MapiClient client);
}
