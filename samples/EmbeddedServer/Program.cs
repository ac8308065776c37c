using MapiGate.Protocol;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddMapiGate(builder.Configuration.GetSection("MapiGate"));
var app = builder.Build();
app.UseMapiGate();

// The smallest server that a session can be had with: no users, no mailboxes.
app.MapPost("/mapi/emsmdb", async http =>
{
    var startTime = TimeProvider.System.GetUtcNow();
    var type = http.Request.Headers[MapiHttpHeaders.RequestType].ToString();
    byte[]? answer = type switch
    {
        MapiHttpRequestTypes.Connect => new ConnectResponse { DisplayName = "Somebody" }.ToArray(),
        MapiHttpRequestTypes.NotificationWait => new NotificationWaitResponse().ToArray(),
        MapiHttpRequestTypes.Disconnect => new DisconnectResponse().ToArray(),
        _ => null,
    };
    http.Response.ContentType = answer is null ? MapiHttpContentType.Failure : MapiHttpContentType.Mapi;
    http.Response.Headers[MapiHttpHeaders.ResponseCode] = answer is null ? "5" : "0";
    if (type == MapiHttpRequestTypes.Connect)
    {
        // The gate reads this cookie on its way out, and knows the session by it from here on.
        http.Response.Cookies.Append("MapiContext", Guid.NewGuid().ToString("N"));
    }

    if (type == MapiHttpRequestTypes.NotificationWait)
    {
        await http.Response.BodyWriter.WriteAsync(MapiHttpFraming.Processing.ToArray());

        // No news for a minute. When the gate cuts the session this throws, and the gate ends the answer.
        await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, http.RequestAborted);
    }

    if (answer is not null)
    {
        MapiHttpFraming.WriteDone(http.Response.BodyWriter, MapiHttpResponseCode.Success, TimeProvider.System.GetUtcNow() - startTime, startTime);
        await http.Response.BodyWriter.WriteAsync(answer);
    }
});

app.Run();
