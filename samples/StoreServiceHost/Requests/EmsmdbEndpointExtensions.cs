using StoreServiceHost.Requests;
using StoreServiceHost.Rops;

namespace Microsoft.Extensions.DependencyInjection;

internal static class EmsmdbEndpointExtensions
{
    /// <summary>The request types of the mailbox endpoint.</summary>
    public static IServiceCollection AddEmsmdb(this IServiceCollection services)
    {
        services.AddSingleton<IEmsmdbRequest, ConnectRequestType>();
        services.AddSingleton<IEmsmdbRequest, ExecuteRequestType>();
        services.AddSingleton<IEmsmdbRequest, NotificationWaitRequestType>();
        services.AddSingleton<IEmsmdbRequest, PingRequestType>();
        services.AddSingleton<IEmsmdbRequest, DisconnectRequestType>();
        services.AddSingleton<RopExecutor>();
        services.AddSingleton<ContextRequests>();
        services.AddSingleton<EmsmdbEndpoint>();
        return services;
    }

    /// <summary>
    /// The mailbox endpoint, for authenticated users only. It takes every verb and every path below <c>/mapi</c>,
    /// because the protocol has its own answers to the wrong ones.
    /// </summary>
    public static IEndpointConventionBuilder MapEmsmdb(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.ServiceProvider.GetRequiredService<EmsmdbEndpoint>();
        return routes.Map("/mapi/{**path}", endpoint.AnswerAsync).RequireAuthorization();
    }
}
