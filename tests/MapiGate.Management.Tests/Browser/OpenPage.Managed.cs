namespace MapiGate.Management.Tests.Browser;

/// <content>The page of a gate in this process.</content>
internal sealed partial class OpenPage
{
    public static Task<OpenPage> AsAdministratorAsync(ManagedGate gate) => AsAdministratorAsync(gate.Url, gate.Token);
}
