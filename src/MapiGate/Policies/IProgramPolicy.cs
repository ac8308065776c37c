namespace MapiGate;

/// <summary>
/// A policy that can judge many clients at once by their program alone. The gatekeeper asks it once for each program in
/// the session table instead of once for each session, which is what makes a change over a million sessions quick.
/// </summary>
public interface IProgramPolicy : IConnectionPolicy
{
    /// <summary>Judges a program, if nothing but the program matters.</summary>
    /// <returns>
    /// <see langword="true"/> when <paramref name="verdict"/> is what <see cref="IConnectionPolicy.Evaluate"/> says of
    /// every client of this program; <see langword="false"/> when each client must be asked about.
    /// </returns>
    bool TryEvaluate(ClientProgram program, out ConnectionVerdict verdict);
}
