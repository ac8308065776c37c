using MapiGate.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace MapiGate.Attack.Tests.Fuzzing;

/// <summary>Hostile requests through the whole gate, in memory, while the policy changes under them.</summary>
public class MiddlewareFuzzTests(ITestOutputHelper output)
{
    // A request and its answer in the test server, and the gate's 16 KiB for a Connect whose length is not told.
    private const long BytesForARequest = 64 * 1024;
    private const long BytesPerByte = 16;

    // Clients that vanish are many, and each change of policy looks at them all: now and then their time is over.
    private const int BatchesOfAGeneration = 250;

    private static readonly string[] Policies = ["", "OUTLOOK.EXE", "*", "mfcmapi*.exe; OUTLOOK.EXE"];

    private readonly FuzzedServer _server = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task MutatedRequests_AreAnswered_WithinBounds_AndLeaveNothingBehind()
    {
        await using var app = await InMemoryGate.StartAsync(_clock, _server.AnswerAsync);
        var gatekeeper = app.Services.GetRequiredService<Gatekeeper>();
        var start = TimeProvider.System.GetTimestamp();
        var inputs = FuzzPlan.MiddlewareInputs;
        (long bytes, long allocated) = (0, 0);
        for (var first = 0; first < inputs; first += FuzzPlan.BatchSize)
        {
            var mutator = new Mutator(FuzzPlan.RandomFor(target: 1000, first));
            var before = GC.GetTotalAllocatedBytes();
            var batchBytes = await RunBatchAsync(app.GetTestServer(), gatekeeper, mutator, first, Math.Min(FuzzPlan.BatchSize, inputs - first)).WithinBounds();
            var batchAllocated = GC.GetTotalAllocatedBytes() - before - mutator.Allocated;
            batchAllocated.Should().BeLessThan((FuzzPlan.BatchSize * BytesForARequest) + (BytesPerByte * batchBytes), FuzzPlan.Repeat("middleware", first));
            (bytes, allocated) = (bytes + batchBytes, allocated + batchAllocated);
            if (first / FuzzPlan.BatchSize % BatchesOfAGeneration == 0)
            {
                Expire(gatekeeper);
            }
        }

        output.WriteLine($"middleware: {inputs} requests, {bytes} bytes, {inputs / TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} requests/s; allocated {(double)allocated / inputs:0} bytes a request, {gatekeeper.Revision} changes of policy, {gatekeeper.Sessions.Count} sessions alive");
        Expire(gatekeeper);
    }

    private void Expire(Gatekeeper gatekeeper)
    {
        gatekeeper.Sessions.Count.Should().BePositive("some clients were let in, and vanished");
        _clock.Advance(TimeSpan.FromDays(60));
        gatekeeper.Sessions.Count.Should().Be(0, "the longest expiry a server can name is over");
    }

    private async Task<long> RunBatchAsync(TestServer server, Gatekeeper gatekeeper, Mutator mutator, int first, int count)
    {
        var requests = new RequestMutator(mutator, _server.Cookies);
        var random = mutator.Random;
        _server.Begin(mutator);
        var bytes = 0L;
        for (var input = first; input < first + count; input++)
        {
            if (random.Next(50) == 0)
            {
                gatekeeper.Apply(ConnectionPolicy.FromOptions(new MapiGateOptions { DisableMapiClientProcesses = Policies[random.Next(Policies.Length)] }));
            }

            try
            {
                var answered = await server.SendAsync(requests.Fill);
                await answered.Response.Body.CopyToAsync(Stream.Null);
                bytes += requests.LastLength;
                answered.Response.StatusCode.Should().Be(StatusCodes.Status200OK);
            }
            catch (Exception e)
            {
                throw new InvalidDataException(FuzzPlan.Repeat("middleware", input), e);
            }
        }

        return bytes;
    }
}
