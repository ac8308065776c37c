namespace MapiGate.Gateway.Health;

/// <summary>Marks the connections of the listener for management: a request's own Host header can't.</summary>
internal sealed class ManagementConnection;
