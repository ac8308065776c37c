namespace MapiClient.Reporting;

/// <summary>Tells a person or a program what happens. Called from many threads.</summary>
internal interface IClientReport : IAsyncDisposable
{
    void Tell(ClientEvent happened);
}
