namespace NodeAgent.Native.Netlink;

/// <summary>
/// Requests to be sent together, each with what it does and to which object, for the text of a refusal.
/// Every method that adds one returns its place in the results of <see cref="NetlinkConnection.Execute"/>.
/// May be cleared and used again; not thread-safe.
/// </summary>
public sealed partial class NetlinkBatch : IDisposable
{
    private readonly NetlinkWriter _writer = new();
    private readonly List<Request> _requests = [];

    public int Count => _requests.Count;

    public void Clear()
    {
        _writer.Clear();
        _requests.Clear();
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Adds any request; <see cref="MessageFlags.Request"/> and <see cref="MessageFlags.Ack"/> are implied.</summary>
    public int Add(ushort type, MessageFlags flags, INetlinkMessage message, string operation, string target)
    {
        var start = _writer.Length;
        try
        {
            var token = _writer.BeginMessage(type, flags | MessageFlags.Request | MessageFlags.Ack);
            message.Encode(_writer);
            _writer.EndMessage(token);
        }
        catch
        {
            _writer.Truncate(start);
            throw;
        }

        _requests.Add(new Request(start, _writer.Length - start, operation, target));
        return _requests.Count - 1;
    }

    internal Request this[int index] => _requests[index];

    internal ReadOnlySpan<byte> Bytes(int start, int length) => _writer.Written.Slice(start, length);

    /// <summary>Numbers the requests from <paramref name="first"/> on.</summary>
    internal void Number(uint first)
    {
        for (var i = 0; i < _requests.Count; i++)
            _writer.PatchSequence(_requests[i].Start, first + (uint)i);
    }

    internal readonly record struct Request(int Start, int Length, string Operation, string Object);
}
