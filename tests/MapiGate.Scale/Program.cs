using MapiGate.Scale;
using MapiGate.TestSupport.Processes;

// Holds many sessions on the store-service host, over real HTTP, each with a NotificationWait pending; denies some of them,
// then all; and prints how long it took until the last of them had its answer.
var count = args is [var text, ..] && int.TryParse(text, out var asked) && asked >= 100 ? asked : 10_000;
var few = count / 10;

// The host takes only so many Connects from one address in a second, and all come from this one.
Environment.SetEnvironmentVariable("ConnectLimit__Burst", "1000000");
using var host = await StoreHost.StartAsync();
Console.WriteLine($"host alone: {host.ResidentMegabytes:0} MB");

using var some = host.Client("--process", "program1.exe", "--count", $"{few}", "--reconnect", "1");
using var rest = host.Client("--process", "OUTLOOK.EXE", "--count", $"{count - few}", "--reconnect", "1");
await some.WaitForMailboxesAsync(few);
await rest.WaitForMailboxesAsync(count - few);
Console.WriteLine($"{count} sessions, each with a NotificationWait pending: {host.ResidentMegabytes:0} MB");

using var others = new Bystanders(new Uri(host.Url));
await others.RunAloneAsync();
await DenyAsync("program1.exe", some, few);
await DenyAsync("program1.exe; outlook.exe", rest, count - few);
Console.WriteLine($"afterwards: {host.ResidentMegabytes:0} MB");
return 0;

async Task DenyAsync(string list, RunningClient denied, int sessions)
{
    var from = host.LineCount;
    others.StartCounting();
    var changedAt = TimeProvider.System.GetUtcNow();
    host.EditPolicy(policy => policy["DisableMapiClientProcesses"] = list);
    Console.WriteLine(await host.WaitForLineAsync("Policy changed", from));
    await denied.WaitForCountAsync("cut", sessions);
    await denied.WaitForCountAsync("refused", sessions);
    var waits = denied.Events.Where(line => line.Event == "cut").Select(line => line.Time - changedAt).Order().ToArray();
    Console.WriteLine(
        $"{sessions} denied: from the file's change to the answer of a pending request: first {waits[0].TotalMilliseconds:0} ms, "
        + $"median {waits[sessions / 2].TotalMilliseconds:0} ms, 99 % {waits[sessions * 99 / 100].TotalMilliseconds:0} ms, last {waits[^1].TotalMilliseconds:0} ms");
    Console.WriteLine($"  logons of others meanwhile: {others.StopCounting()}");
}
