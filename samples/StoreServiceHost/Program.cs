using StoreServiceHost.Health;
using StoreServiceHost.Logging;

var builder = WebApplication.CreateBuilder(args);

// On Windows the registry wins over the file, by the values of Exchange Server 2003 at their old place.
if (OperatingSystem.IsWindows())
{
    builder.Configuration.AddMapiGateRegistry();
}

// Loopback only, because passwords travel in the clear. --urls and ASPNETCORE_URLS say otherwise.
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:8025");

builder.WebHost.ConfigureKestrel(kestrel =>
{
    // The largest request is 256 KiB of ROPs (MS-OXCRPC: rgbIn) and what is around it.
    kestrel.Limits.MaxRequestBodySize = 512 * 1024;
    kestrel.AddServerHeader = false;
});

// What is ordered by page or command line is kept in a file of its own, which wins over appsettings.json. What
// appsettings.json says of the same key counts only until the file says something. Where the section Fleet names servers,
// the document of the fleet takes the file's place.
if (string.IsNullOrWhiteSpace(builder.Configuration["Fleet:Servers"]))
{
    builder.AddMapiGatePolicyFile();
}

builder.AddMapiGateFleet();
builder.AddMapiGateManagement();

// The gate follows this section while the host runs: appsettings.json is read again when it changes.
builder.Services.AddMapiGate(builder.Configuration.GetSection("MapiGate"));
builder.Services.AddHealthChecks().AddMapiGate().AddMapiGateHttp();

builder.Services.AddMailboxes(builder.Configuration);
builder.Services.AddBasicAuthentication();
builder.Services.AddSessionContexts(builder.Configuration.GetSection("Contexts"));
builder.Services.AddEmsmdb();
builder.Services.AddConnectLimit(builder.Configuration.GetSection("ConnectLimit"));
builder.Services.AddSingleton<HostLog>();
builder.Services.AddHostedService<StartupReport>();

var app = builder.Build();

// The order matters. A flood is stopped before it costs anything. Who the user is comes next; then the gate judges the
// program that the user runs; what it lets through reaches the store. The store itself judges no program.
app.UseRateLimiter();
app.UseAuthentication();
app.UseAuthorization();
app.UseMapiGate();
app.MapEmsmdb();
app.MapHealthChecks("/healthz", HealthText.Options);

app.Run();
