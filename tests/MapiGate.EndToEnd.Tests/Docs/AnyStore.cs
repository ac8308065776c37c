using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MapiGate.EndToEnd.Tests.Docs;

/// <summary>What the documents call "store": whoever answers behind the gate. This one ends its host at the first request.</summary>
internal sealed class AnyStore
{
    public int Answered { get; private set; }

    public Task AnswerAsync(HttpContext context)
    {
        Answered++;
        context.RequestServices.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        return Task.CompletedTask;
    }
}
