using System.Globalization;

namespace MapiGate.Protocol;

/// <summary>Which structure an auxiliary block holds: AUX_HEADER.Version and Type.</summary>
/// <param name="Version">1 or 2; a pair that is not specified is skipped.</param>
/// <param name="Type">The structure's number.</param>
/// <remarks>MS-OXCRPC 2.2.2.2.</remarks>
public readonly record struct AuxiliaryBlockId(byte Version, byte Type)
{
    /// <summary>AUX_PERF_CLIENTINFO.</summary>
    internal static AuxiliaryBlockId ClientInfo => new(1, 0x02);

    /// <summary>AUX_PERF_PROCESSINFO as a writer sends it; version 1 has the same layout.</summary>
    internal static AuxiliaryBlockId ProcessInfo => new(2, 0x0B);

    /// <summary>AUX_PERF_PROCESSINFO in its other version.</summary>
    internal static AuxiliaryBlockId ProcessInfoVersion1 => new(1, 0x0B);

    /// <summary>AUX_CLIENT_CONTROL.</summary>
    internal static AuxiliaryBlockId ClientControl => new(1, 0x0A);

    /// <summary>AUX_EXORGINFO.</summary>
    internal static AuxiliaryBlockId OrganizationInfo => new(1, 0x17);

    /// <summary>AUX_PERF_ACCOUNTINFO.</summary>
    internal static AuxiliaryBlockId AccountInfo => new(1, 0x18);

    /// <summary>AUX_SERVER_CAPABILITIES.</summary>
    internal static AuxiliaryBlockId ServerCapabilities => new(1, 0x46);

    /// <summary>AUX_ENDPOINT_CAPABILITIES.</summary>
    internal static AuxiliaryBlockId EndpointCapabilities => new(1, 0x48);

    /// <summary>AUX_CLIENT_CONNECTION_INFO.</summary>
    internal static AuxiliaryBlockId ClientConnectionInfo => new(1, 0x4A);

    /// <summary>Version and type in two lower-case hexadecimal digits: <c>2/0b</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}/{Type:x2}");
}
