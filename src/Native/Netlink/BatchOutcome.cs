namespace NodeAgent.Native.Netlink;

/// <summary>Matches acknowledgements to the requests of a batch by sequence number.</summary>
internal sealed class BatchOutcome(NetlinkBatch batch, uint first)
{
    private readonly bool[] _answered = new bool[batch.Count];
    private int _next;
    private int _end;

    internal NetlinkException?[] Errors { get; } = new NetlinkException?[batch.Count];

    /// <summary>Answers still to come for the requests sent last.</summary>
    internal int Missing { get; private set; }

    internal void Expect(int next, int end) => (_next, _end, Missing) = (next, end, end - next);

    internal void Answer(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        var index = header.Sequence - first;
        if (index < (uint)_next || index >= (uint)_end || _answered[index])
            return;
        _answered[index] = true;
        Missing--;
        var answer = Acknowledgement.Decode(header, payload);
        if (answer.Errno == 0)
            return;
        var request = batch[(int)index];
        Errors[index] = answer.ToException(request.Operation, request.Object, batch.Bytes(request.Start, request.Length));
    }

    internal void Fail(int next, int end, int errno, string detail)
    {
        for (var i = next; i < end; i++)
        {
            if (_answered[i])
                continue;
            _answered[i] = true;
            Errors[i] = new NetlinkException(batch[i].Operation, batch[i].Object, errno, detail: detail);
        }
    }

    /// <summary>Nothing more will come: what was not answered may or may not have been done.</summary>
    internal void FailMissing(int errno, string detail)
    {
        for (var i = _next; i < _end; i++)
        {
            if (!_answered[i])
                Errors[i] = NetlinkException.Relist(batch[i].Operation, batch[i].Object, errno, detail);
            _answered[i] = true;
        }

        Missing = 0;
    }
}
