using MapiGate.TestSupport;

namespace MapiGate.EndToEnd.Tests.Docs;

/// <summary>Who copies the embedding from the README must not copy a leak: every session is disposed, whoever ends it.</summary>
public class EmbeddedSampleTests
{
    [Fact]
    public void TheEmbedding_DisposesItsSession()
    {
        var embedding = Document.Readme.Blocks("csharp").Single(block => block.Contains("TryLogon", StringComparison.Ordinal));

        embedding.Should().MatchRegex(@"using \(?session|session\??\.Dispose\(\)|using var \w+ = session");
    }

    [Fact]
    public async Task TheEmbedding_EndsAlthoughClosingAConnectionDisposesNothing()
    {
        var receipt = await Snippets.EmbedAsync(_ => { }).WaitAsync(TimeSpan.FromSeconds(10));

        receipt.Disconnected.Should().Be(1);
    }
}
