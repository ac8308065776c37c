using System.Buffers;

namespace MapiGate.Protocol;

/// <summary>What a server tells a client in the auxiliary buffer of a Connect response.</summary>
/// <remarks>
/// MS-OXCRPC 2.2.2.2 and 3.1.4.1.2. Each block has AUX_HEADER (4 bytes) and 4-byte fields:
/// <code>
/// AUX_EXORGINFO               OrgFlags
/// AUX_CLIENT_CONTROL          EnableFlags, ExpiryTime
/// AUX_SERVER_CAPABILITIES     Flags
/// AUX_ENDPOINT_CAPABILITIES   Flags
/// </code>
/// </remarks>
public sealed record ServerAuxiliary
{
    /// <summary>1 public folders exist, 2 use Autodiscover to find them; null: not said.</summary>
    public uint? OrganizationFlags { get; init; }

    /// <summary>Which reports the client should send; null: not said.</summary>
    public uint? ClientControlFlags { get; init; }

    /// <summary>How long <see cref="ClientControlFlags"/> hold, to the millisecond. At most 2^32 − 1 ms.</summary>
    public TimeSpan ClientControlExpiry { get; init; }

    /// <summary>1 packed fast transfer upload, 2 packed stream upload, 8 ultra-large download; null: not said.</summary>
    public uint? ServerCapabilities { get; init; }

    /// <summary>1 the endpoint serves everything by itself; null: not said.</summary>
    public uint? EndpointCapabilities { get; init; }

    /// <summary>The auxiliary buffer; empty if there is nothing to say.</summary>
    public byte[] ToArray()
    {
        byte[] blocks = WireWriter.ToArray(WriteBlocks);
        return blocks.Length == 0 ? [] : WireWriter.ToArray(output => ExtendedBuffer.Write(output, blocks));
    }

    private void WriteBlocks(IBufferWriter<byte> output)
    {
        if (OrganizationFlags is { } organization)
        {
            output.WriteBlockHeader(AuxiliaryBlockId.OrganizationInfo, 8);
            output.WriteUInt32(organization);
        }

        if (ClientControlFlags is { } control)
        {
            output.WriteBlockHeader(AuxiliaryBlockId.ClientControl, 12);
            output.WriteUInt32(control);
            output.WriteUInt32((uint)Math.Clamp(ClientControlExpiry.TotalMilliseconds, 0, uint.MaxValue));
        }

        if (ServerCapabilities is { } server)
        {
            output.WriteBlockHeader(AuxiliaryBlockId.ServerCapabilities, 8);
            output.WriteUInt32(server);
        }

        if (EndpointCapabilities is { } endpoint)
        {
            output.WriteBlockHeader(AuxiliaryBlockId.EndpointCapabilities, 8);
            output.WriteUInt32(endpoint);
        }
    }
}
