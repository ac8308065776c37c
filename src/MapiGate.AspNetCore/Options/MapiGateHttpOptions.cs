using Microsoft.AspNetCore.Http;

namespace MapiGate.AspNetCore;

/// <summary>How the gate stands in front of MAPI/HTTP. Read once, when the application's pipeline is built.</summary>
public sealed class MapiGateHttpOptions
{
    /// <summary>
    /// The path of the EMSMDB endpoint. Requests to it and to anything below it are gated; case and a trailing slash make no
    /// difference. Begins with "/". Default: "/mapi/emsmdb".
    /// </summary>
    /// <remarks>Compared with what is left of the path where the gate stands: after <c>UsePathBase</c> or in a <c>Map</c> branch, without their part.</remarks>
    public string Path { get; set; } = "/mapi/emsmdb";

    /// <summary>
    /// The names of the cookie that carries the Session Context, whichever server stands behind: compared without regard to
    /// case. Default: "MapiContext" (Exchange) and "sid" (gromox).
    /// </summary>
    /// <remarks>
    /// A request whose cookie of such a name has a value the gate doesn't know is answered with X-ResponseCode 10. Where
    /// something else in front of the clients (a load balancer, a single sign-on) sets a cookie of one of these names, list
    /// only the server's own name here.
    /// </remarks>
    public IList<string> ContextCookies { get; set; } = ["MapiContext", "sid"];

    /// <summary>
    /// The names of the cookie that goes with a context cookie and is worth nothing without it, compared without regard to case.
    /// Default: "MapiSequence" (Exchange) and "sequence" (gromox).
    /// </summary>
    /// <remarks>
    /// A Connect that is let in and names no context that this gate knows reaches the server without cookies of these names and
    /// of <see cref="ContextCookies"/>: there are servers that refuse a client for as long as it shows dead ones.
    /// </remarks>
    public IList<string> SequenceCookies { get; set; } = ["MapiSequence", "sequence"];

    /// <summary>
    /// The longest Connect request body that is read, in bytes; a longer one gets X-ResponseCode 9. From 32 to 1048576.
    /// Default: 16384, four times the 0x1008 bytes that MS-OXCRPC allows an auxiliary buffer.
    /// </summary>
    public int MaxConnectBodySize { get; set; } = 16 * 1024;

    /// <summary>
    /// How long after the server's own expiry (X-ExpirationInfo) an idle session is released, so that the gate never forgets
    /// a Session Context that the server still honours. From zero to 49 days. Default: 60 seconds.
    /// </summary>
    public TimeSpan ExpiryGrace { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The idle time after which a session expires when the server sends no X-ExpirationInfo, and what the gate's own answers
    /// say of it until the server has been heard. More than zero, and up to 49 days. Default: 15 minutes.
    /// </summary>
    public TimeSpan DefaultExpiration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// X-PendingPeriod in the gate's own answers, until the server's own value has been seen (MS-OXCMAPIHTTP 2.2.3.3.5). More
    /// than zero, and up to 49 days. Default: 15 seconds.
    /// </summary>
    public TimeSpan PendingPeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// X-ServerApplication in the gate's own answers, until the server's own value has been seen (MS-OXCMAPIHTTP 2.2.3.3.8):
    /// "Exchange/" and a version of four parts, in ASCII. Default: "Exchange/15.00.0847.032", the oldest that spoke MAPI/HTTP.
    /// </summary>
    public string ServerApplication { get; set; } = "Exchange/15.00.0847.032";

    /// <summary>
    /// Tells who a request claims to be, where the host itself authenticates nobody and the server behind does: the name in its
    /// Basic credential, say. Asked only when <c>HttpContext.User</c> is not authenticated; returns <see langword="null"/> where
    /// nothing is claimed. Default: none, and such requests have no account.
    /// </summary>
    /// <remarks>
    /// A claim may be trusted as far as this: the server behind must accept that very credential, or answer 401. Name no
    /// account that the server would take from elsewhere, from a connection say.
    /// </remarks>
    public Func<HttpContext, string?>? AccountOf { get; set; }

    /// <summary>
    /// Whether each client that is let in gets a cookie of the gate's, in which its claims and a hash of its context cookie are
    /// sealed with ASP.NET Core Data Protection. By it a gate that doesn't know a context, since it has been started anew or
    /// another one let the client in, judges the client by the policy in force and takes it on; without one such a request gets
    /// X-ResponseCode 10. Needs keys that outlive the process, and which all gates before one server share. Default: false.
    /// </summary>
    /// <remarks>
    /// The seal is renewed with the server's own cookies, lives twice as long as the server's idle expiry, is bound to the account
    /// where one is known, and never reaches the server. A context that was cut, kicked or logged off is not taken on again by the
    /// gate that ended it.
    /// </remarks>
    public bool SealContexts { get; set; }

    /// <summary>The name of the cookie that holds the seal. Default: "MapiGateSeal".</summary>
    public string SealCookie { get; set; } = "MapiGateSeal";

    /// <summary>
    /// Ends a Session Context at the server behind too, when the gate has cut it, or refused an admission that the server had
    /// granted: there it would live on until it expires. Called on the thread pool, for each context on its own and once; what it
    /// throws is logged, and nothing waits for it. Default: none.
    /// </summary>
    public Func<EndedContext, Task>? EndContext { get; set; }
}
