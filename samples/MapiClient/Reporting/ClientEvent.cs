namespace MapiClient.Reporting;

/// <summary>Something that happened to one session.</summary>
/// <param name="Session">Which of this client's sessions, from 1.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Code">The server's code that says so, if there is one.</param>
/// <param name="Text">The same in words.</param>
internal readonly record struct ClientEvent(int Session, ClientEventKind Kind, string? Code, string Text);
