using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Netlink;

public sealed partial class NetlinkConnection
{
    /// <summary>
    /// Lists objects into <paramref name="into"/>: models that are in the list are filled again, in order, new ones are added
    /// and spare ones removed. A list that changed while it was read is read again.
    /// </summary>
    /// <param name="type">The RTM_GET… to send.</param>
    /// <param name="replyType">The RTM_NEW… that each object comes in.</param>
    /// <param name="request">What to send; carries the filter.</param>
    /// <param name="keep">Leaves out what it refuses, for kernels that do not filter.</param>
    /// <param name="what">"links", for errors.</param>
    /// <exception cref="NetlinkException">
    /// Refused, malformed, or (<see cref="NetlinkException.NeedsRelist"/>) changing all the time; the list is then neither the old nor a new one.
    /// </exception>
    public void Dump<T>(ushort type, ushort replyType, INetlinkMessage request, List<T> into, Predicate<T>? keep, string what)
        where T : class, INetlinkMessage, new()
    {
        lock (_lock)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var sequence = Send(type, MessageFlags.Dump, request, "list", what);
                    if (!ReadDump(sequence, replyType, into, keep, what))
                        return;
                    if (attempt == DumpAttempts)
                        throw NetlinkException.Relist("list", what, Errno.EINTR, $"they changed while being read, {DumpAttempts} times; list again later");
                }
                catch (NetlinkException e) when (e.NeedsRelist && e.Errno != Errno.EINTR && attempt < DumpAttempts)
                {
                    Drain();
                }
            }
        }
    }

    /// <returns>True if the kernel's tables changed meanwhile.</returns>
    private bool ReadDump<T>(uint sequence, ushort replyType, List<T> into, Predicate<T>? keep, string what)
        where T : class, INetlinkMessage, new()
    {
        var count = 0;
        var interrupted = false;
        NetlinkException? malformed = null;
        while (true)
        {
            var messages = new MessageReader(Receive("list", what));
            while (messages.Next())
            {
                if (messages.Header.Sequence != sequence)
                    continue;
                interrupted |= (messages.Header.Flags & MessageFlags.DumpInterrupted) != 0;
                if (messages.Header.Type == replyType)
                {
                    // The rest must be read all the same: the kernel refuses a second dump while one is open.
                    if (malformed is null && !TryDecode(messages.Payload, Slot(into, count), out malformed))
                        continue;
                    if (malformed is null && (keep is null || keep(into[count])))
                        count++;
                }
                else if (messages.Header.Type is MessageHeader.Done or MessageHeader.Error)
                {
                    var end = Acknowledgement.Decode(messages.Header, messages.Payload);
                    if (end.Errno != 0)
                        throw end.ToException("list", what);
                    if (malformed is not null)
                        throw malformed;
                    into.RemoveRange(count, into.Count - count);
                    return interrupted;
                }
            }
        }
    }

    private static T Slot<T>(List<T> into, int at)
        where T : new()
    {
        if (at == into.Count)
            into.Add(new T());
        return into[at];
    }

    private static bool TryDecode<T>(ReadOnlySpan<byte> payload, T model, out NetlinkException? malformed)
        where T : class, INetlinkMessage
    {
        malformed = null;
        try
        {
            model.Decode(payload);
            return true;
        }
        catch (NetlinkException e)
        {
            malformed = e;
            return false;
        }
    }

    /// <summary>Asks for one object.</summary>
    /// <returns>Null if the kernel answers with <paramref name="absent"/>.</returns>
    public T? Get<T>(ushort type, ushort replyType, INetlinkMessage request, int absent, string operation, string target)
        where T : class, INetlinkMessage, new()
    {
        lock (_lock)
        {
            var sequence = Send(type, MessageFlags.None, request, operation, target);
            while (true)
            {
                var messages = new MessageReader(Receive(operation, target));
                while (messages.Next())
                {
                    if (messages.Header.Sequence != sequence)
                        continue;
                    if (messages.Header.Type == replyType)
                    {
                        var model = new T();
                        model.Decode(messages.Payload);
                        return model;
                    }

                    if (messages.Header.Type != MessageHeader.Error)
                        continue;
                    var answer = Acknowledgement.Decode(messages.Header, messages.Payload);
                    return answer.Errno == absent ? null : throw answer.ToException(operation, target, _writer.Written);
                }
            }
        }
    }

    /// <summary>Discards what is left of an exchange that went wrong.</summary>
    private void Drain()
    {
        while (_socket.Receive(out _) != ReceiveStatus.Empty)
        {
        }
    }
}
