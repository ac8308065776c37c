namespace StoreServiceHost.Requests;

/// <summary>One request type of the mailbox endpoint: how it is answered.</summary>
internal interface IEmsmdbRequest
{
    /// <summary>The value of <c>X-RequestType</c> that it answers.</summary>
    string RequestType { get; }

    Task AnswerAsync(EmsmdbExchange exchange);
}
