using System.Diagnostics.CodeAnalysis;

namespace MapiGate.Protocol;

/// <summary>Walks a list of ROPs, see <see cref="RopBuffer.Rops"/>.</summary>
/// <remarks>
/// ROPs have no length in front, so whatever follows one that is not known cannot be read (MS-OXCROPS 2.2.1): the
/// whole request is then answered with <see cref="MapiErrorCode.RpcFormat"/>.
/// </remarks>
public ref struct RopReader
{
    private WireReader _reader;

    /// <summary>Starts before the first ROP.</summary>
    public RopReader(ReadOnlySpan<byte> rops) => _reader = new WireReader(rops);

    /// <summary>
    /// Why <see cref="TryReadNext"/> stopped: <see cref="WireError.None"/> at the list's end,
    /// <see cref="WireError.RpcFormat"/> at a ROP that is unknown or cut short.
    /// </summary>
    public WireError Error { get; private set; }

    /// <summary>The next ROP, in the order they are to be carried out.</summary>
    public bool TryReadNext([NotNullWhen(true)] out RopRequest? rop)
    {
        rop = null;
        if (Error != WireError.None || _reader.Remaining == 0)
        {
            return false;
        }

        if (!_reader.TryReadByte(out byte id) || !_reader.TryReadByte(out byte logonId) || !TryReadBody((RopId)id, logonId, out rop))
        {
            Error = WireError.RpcFormat;
            rop = null;
            return false;
        }

        return rop is not null;
    }

    private bool TryReadBody(RopId id, byte logonId, out RopRequest? rop)
    {
        switch (id)
        {
            case RopId.Logon:
                return RopLogonRequest.TryReadBody(ref _reader, logonId, out rop);
            case RopId.Release:
                return RopRelease.TryReadBody(ref _reader, logonId, out rop);
            default:
                rop = null;
                return false;
        }
    }
}
