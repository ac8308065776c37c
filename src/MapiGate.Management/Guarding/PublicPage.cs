namespace MapiGate.Management;

/// <summary>Marks what anybody may fetch where tokens are in use: the page, which holds nothing yet, and the exchange of a token for a cookie.</summary>
internal sealed class PublicPage;
