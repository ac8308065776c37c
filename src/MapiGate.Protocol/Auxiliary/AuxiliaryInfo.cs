using System.Net;

namespace MapiGate.Protocol;

/// <summary>What an auxiliary buffer says about the client that sent it.</summary>
/// <remarks>
/// All of it is the client's own claim, and any of it may be absent: a client may send no auxiliary buffer at all.
/// MS-OXCRPC 2.2.2.2 and 3.1.4.1.1.
/// </remarks>
public sealed record AuxiliaryInfo
{
    /// <summary>An absent buffer: nothing known, nothing wrong.</summary>
    public static AuxiliaryInfo Empty { get; } = new();

    /// <summary>The process names as sent, one for each AUX_PERF_PROCESSINFO that has a name, in order. May hold "".</summary>
    /// <remarks>Clients send one; whoever decides by name must look at all.</remarks>
    public IReadOnlyList<string> ProcessNames { get; init; } = [];

    /// <summary>The first process name that is not empty, as sent; "" if all are empty; null if there is none.</summary>
    public string? ProcessName
    {
        get
        {
            foreach (string name in ProcessNames)
            {
                if (name.Length > 0)
                {
                    return name;
                }
            }

            return ProcessNames.Count > 0 ? string.Empty : null;
        }
    }

    /// <summary>What follows the last <c>\</c> or <c>/</c> of <see cref="ProcessName"/>, trimmed; null if that is nothing.</summary>
    public string? ProcessImage
    {
        get
        {
            ReadOnlySpan<char> name = ProcessName;
            ReadOnlySpan<char> image = name[(name.LastIndexOfAny('\\', '/') + 1)..].Trim();
            return image.IsEmpty ? null : image.ToString();
        }
    }

    /// <summary>AUX_PERF_CLIENTINFO.MachineName. Current clients send "".</summary>
    public string? MachineName { get; init; }

    /// <summary>AUX_PERF_CLIENTINFO.UserName: claimed, and "" from current clients.</summary>
    public string? UserName { get; init; }

    /// <summary>AUX_PERF_CLIENTINFO.AdapterName, the client's network adapter.</summary>
    public string? AdapterName { get; init; }

    /// <summary>AUX_PERF_CLIENTINFO.ClientIP: what the client believes its address to be.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>AUX_PERF_CLIENTINFO.MacAddress in lower-case hexadecimal: <c>00-15-5d-0a-0b-0c</c>.</summary>
    public string? MacAddress { get; init; }

    /// <summary>AUX_PERF_CLIENTINFO.ClientMode; null without that block.</summary>
    public MapiClientMode? ClientMode { get; init; }

    /// <summary>AUX_PERF_ACCOUNTINFO.Account.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>AUX_CLIENT_CONNECTION_INFO.ConnectionFlags: 1 in cached mode.</summary>
    public uint? ConnectionFlags { get; init; }

    /// <summary>Whether the client says it is in cached mode, in either of the two places.</summary>
    public bool IsCachedMode => ClientMode == MapiClientMode.Cached || ConnectionFlags == 1;

    /// <summary>The blocks in the order sent, those of unknown kind included.</summary>
    public IReadOnlyList<AuxiliaryBlockId> Blocks { get; init; } = [];

    /// <summary>What was odd, though not enough to know nothing.</summary>
    public AuxiliaryWarnings Warnings { get; init; }

    /// <summary>Why nothing is known. If this is not <see cref="WireError.None"/>, all else is empty.</summary>
    public WireError Error { get; init; }

    /// <summary>Reads an auxiliary buffer as a client sends it: rgbAuxIn, or AuxiliaryBuffer of a request body.</summary>
    /// <param name="auxIn">The whole buffer; an empty one is legal and says nothing.</param>
    public static AuxiliaryInfo Read(ReadOnlySpan<byte> auxIn)
    {
        if (auxIn.IsEmpty)
        {
            return Empty;
        }

        var builder = new AuxiliaryInfoBuilder();
        WireError error = AuxiliaryReader.Read(auxIn, builder);
        return error == WireError.None ? builder.Build() : new AuxiliaryInfo { Error = error };
    }
}
