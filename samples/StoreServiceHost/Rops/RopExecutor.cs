using System.Buffers;
using MapiGate.Protocol;
using StoreServiceHost.Contexts;
using StoreServiceHost.Mailboxes;

namespace StoreServiceHost.Rops;

/// <summary>
/// Carries out the ROPs of one Execute. Only two are known: enough for a client to open its mailbox and to let it go.
/// </summary>
internal sealed class RopExecutor(MailboxDirectory mailboxes, TimeProvider time)
{
    private const byte PrivateLogon = 0x01;

    /// <summary>MAPI_E_NOT_ENOUGH_MEMORY: the session has too many objects open.</summary>
    private const MapiErrorCode TooManyHandles = (MapiErrorCode)0x8007000E;

    public ExecuteResponse Execute(SessionContext context, ExecuteRequest request)
    {
        if (!RopBuffer.TryRead(request.RopBuffer.Span, out var buffer, out var error))
        {
            return ExecuteResponse.Failed(error.ToErrorCode());
        }

        // All are read before the first is carried out: a list that breaks off must not leave half its work done.
        if (!TryReadAll(buffer.Rops.Span, out var rops))
        {
            return ExecuteResponse.Failed(MapiErrorCode.RpcFormat);
        }

        var handles = buffer.Handles.ToArray();
        var answers = new ArrayBufferWriter<byte>();
        foreach (var rop in rops)
        {
            if (!TryExecute(context, rop, handles, answers))
            {
                return ExecuteResponse.Failed(MapiErrorCode.RpcFormat);
            }
        }

        return ToResponse(new RopBuffer { Rops = answers.WrittenMemory, Handles = handles }, request.MaxRopOut);
    }

    private static bool TryReadAll(ReadOnlySpan<byte> list, out List<RopRequest> rops)
    {
        rops = [];
        var reader = new RopReader(list);
        while (reader.TryReadNext(out var rop))
        {
            rops.Add(rop);
        }

        return reader.Error == WireError.None;
    }

    /// <returns>False when the ROP names a slot that the handle table does not have.</returns>
    private bool TryExecute(SessionContext context, RopRequest rop, uint[] handles, IBufferWriter<byte> answers)
    {
        switch (rop)
        {
            case RopLogonRequest logon when logon.OutputHandleIndex < handles.Length:
                LogOn(context, logon, ref handles[logon.OutputHandleIndex]).Write(answers);
                return true;
            case RopRelease release when release.InputHandleIndex < handles.Length:
                // No answer at all, not even to a handle that was never open (MS-OXCROPS 2.2.15.3).
                context.Handles.Release(handles[release.InputHandleIndex]);
                handles[release.InputHandleIndex] = RopBuffer.NoHandle;
                return true;
            default:
                return false;
        }
    }

    private RopLogonResponse LogOn(SessionContext context, RopLogonRequest request, ref uint handle)
    {
        var refusal = Judge(context.Mailbox, request);
        if (refusal == MapiErrorCode.Success && !context.Handles.TryOpen(out handle))
        {
            refusal = TooManyHandles;
        }

        return refusal == MapiErrorCode.Success
            ? MailboxLogon.Answer(context.Mailbox, request, time.GetUtcNow())
            : RopLogonResponse.Refused(request.OutputHandleIndex, refusal);
    }

    private MapiErrorCode Judge(Mailbox own, RopLogonRequest request)
    {
        if ((request.LogonFlags & PrivateLogon) == 0)
        {
            // No public folders here.
            return MapiErrorCode.LoginFailure;
        }

        return !mailboxes.TryFindByDn(request.Essdn, out var asked) ? MapiErrorCode.UnknownUser
            : asked != own ? MapiErrorCode.LoginPermission
            : MapiErrorCode.Success;
    }

    private static ExecuteResponse ToResponse(RopBuffer answers, uint maxRopOut)
    {
        var payload = sizeof(ushort) + answers.Rops.Length + (answers.Handles.Count * sizeof(uint));
        if (payload > ExtendedBuffer.MaxPayloadSize)
        {
            return TooSmall();
        }

        // Plain: every client reads that, whatever packing its flags allow.
        var packed = answers.ToArray();
        return packed.Length > maxRopOut ? TooSmall() : new ExecuteResponse { RopBuffer = packed };

        static ExecuteResponse TooSmall() => new() { StatusCode = (uint)MapiErrorCode.BufferTooSmall };
    }
}
