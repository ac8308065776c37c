using System.Net;

namespace MapiGate.Protocol;

/// <summary>Gathers what the blocks of one buffer say. Of values that come twice the first is kept, but for names of processes.</summary>
internal sealed class AuxiliaryInfoBuilder
{
    private readonly List<AuxiliaryBlockId> _blocks = new(8);
    private List<string>? _processNames;

    public string? MachineName { get; set; }

    public string? UserName { get; set; }

    public string? AdapterName { get; set; }

    public IPAddress? ClientAddress { get; set; }

    public string? MacAddress { get; set; }

    public MapiClientMode? ClientMode { get; set; }

    public Guid? AccountId { get; set; }

    public uint? ConnectionFlags { get; set; }

    public AuxiliaryWarnings Warnings { get; set; }

    public void AddBlock(AuxiliaryBlockId id) => _blocks.Add(id);

    public void AddProcessName(string name) => (_processNames ??= new(1)).Add(name);

    public AuxiliaryInfo Build() => new()
    {
        ProcessNames = _processNames?.ToArray() ?? [],
        MachineName = MachineName,
        UserName = UserName,
        AdapterName = AdapterName,
        ClientAddress = ClientAddress,
        MacAddress = MacAddress,
        ClientMode = ClientMode,
        AccountId = AccountId,
        ConnectionFlags = ConnectionFlags,
        Blocks = _blocks.ToArray(),
        Warnings = Warnings,
    };
}
