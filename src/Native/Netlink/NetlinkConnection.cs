using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Netlink;

/// <summary>
/// Requests and answers over a route socket of the calling thread's network namespace.
/// Thread-safe: one exchange at a time.
/// </summary>
public sealed partial class NetlinkConnection : IDisposable
{
    /// <summary>Lists that the kernel's tables outran are read again this often before the caller is told.</summary>
    public const int DumpAttempts = 5;

    /// <summary>
    /// What one acknowledgement may cost of the receive buffer, the kernel's bookkeeping included: 768 bytes for a
    /// plain one, 1,280 with a text. More requests than this allows are not sent together.
    /// </summary>
    private const int AcknowledgementCost = 2048;

    /// <summary>Answers are queued before a send returns; this is for a kernel that breaks the rule.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly NetlinkSocket _socket;
    private readonly NetlinkWriter _writer = new();
    private uint _sequence;

    private NetlinkConnection(NetlinkSocket socket) => _socket = socket;

    /// <summary>Sender of the events that requests of this connection cause.</summary>
    public uint PortId => _socket.PortId;

    /// <summary>Opens a route socket in the calling thread's network namespace.</summary>
    public static NetlinkConnection Open(int receiveBuffer = 4 << 20, int sendBuffer = 1 << 20) =>
        new(NetlinkSocket.Open(NetlinkProtocol.Route, receiveBuffer, sendBuffer));

    public void Dispose()
    {
        lock (_lock)
        {
            _socket.Dispose();
            _writer.Dispose();
        }
    }

    /// <summary>
    /// Sends all requests of the batch, as many in one system call as the buffers allow, and collects their outcomes.
    /// A refusal of one stops none of the others, and is a result, not an exception.
    /// </summary>
    public BatchResult Execute(NetlinkBatch batch)
    {
        lock (_lock)
        {
            var first = _sequence + 1;
            _sequence += (uint)batch.Count;
            batch.Number(first);

            var outcome = new BatchOutcome(batch, first);
            for (var next = 0; next < batch.Count;)
            {
                var end = EndOfChunk(batch, next);
                var start = batch[next].Start;
                var errno = _socket.Send(batch.Bytes(start, batch[end - 1].Start + batch[end - 1].Length - start));
                if (errno != 0)
                    outcome.Fail(next, end, errno, "the request was not sent");
                else
                    Collect(outcome, next, end);
                next = end;
            }

            return new BatchResult(outcome.Errors);
        }
    }

    /// <summary>The kernel takes a send of up to SO_SNDBUF less its own overhead.</summary>
    private int EndOfChunk(NetlinkBatch batch, int next)
    {
        var most = Math.Max(1, _socket.ReceiveBufferSize / AcknowledgementCost);
        var room = _socket.SendBufferSize - 64;
        var end = next;
        while (end < batch.Count && end - next < most && batch[end].Start + batch[end].Length - batch[next].Start <= room)
            end++;
        return Math.Max(end, next + 1);
    }

    private void Collect(BatchOutcome outcome, int next, int end)
    {
        outcome.Expect(next, end);
        while (outcome.Missing > 0)
        {
            switch (_socket.Receive(out var data))
            {
                case ReceiveStatus.Data:
                    var reader = new MessageReader(data);
                    while (reader.Next())
                    {
                        if (reader.Header.Type == MessageHeader.Error)
                            outcome.Answer(reader.Header, reader.Payload);
                    }

                    break;
                case ReceiveStatus.Overflow or ReceiveStatus.Truncated:
                    outcome.FailMissing(Errno.ENOBUFS, "the acknowledgement was lost; list again to see what was done");
                    break;
                default:
                    if (_socket.Wait(AnswerTimeout) != WaitStatus.Ready)
                        outcome.FailMissing(Errno.ETIMEDOUT, "no acknowledgement came; list again to see what was done");
                    break;
            }
        }
    }

    /// <summary>Sends one request; <paramref name="operation"/> and <paramref name="target"/> are for the error.</summary>
    private uint Send(ushort type, MessageFlags flags, INetlinkMessage message, string operation, string target)
    {
        _writer.Clear();
        var sequence = ++_sequence;
        var token = _writer.BeginMessage(type, flags | MessageFlags.Request, sequence);
        message.Encode(_writer);
        _writer.EndMessage(token);
        var errno = _socket.Send(_writer.Written);
        return errno == 0 ? sequence : throw new NetlinkException(operation, target, errno, detail: "the request was not sent");
    }

    /// <summary>The next datagram, or an exception if none comes or if it was lost.</summary>
    private ReadOnlySpan<byte> Receive(string operation, string target)
    {
        while (true)
        {
            switch (_socket.Receive(out var data))
            {
                case ReceiveStatus.Data:
                    return data;
                case ReceiveStatus.Overflow:
                    throw NetlinkException.Relist(operation, target, Errno.ENOBUFS, "the kernel had to drop part of the answer; ask again");
                case ReceiveStatus.Truncated:
                    throw NetlinkException.Relist(operation, target, Errno.EMSGSIZE, "part of the answer was longer than the receive buffer, which has been enlarged; ask again");
                default:
                    if (_socket.Wait(AnswerTimeout) != WaitStatus.Ready)
                        throw new NetlinkException(operation, target, Errno.ETIMEDOUT, detail: "the kernel did not answer");
                    break;
            }
        }
    }
}
